"""Tests of a policy: examples with what they must give, and mutations that somebody must object to."""
