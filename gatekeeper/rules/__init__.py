"""Judgements: pure functions of facts and options that yield findings."""
