"""Tests of a policy, rendered: examples, and what objects to mutations."""
