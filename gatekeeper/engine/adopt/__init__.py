"""A repository looked at for the first time: what its policy file could say."""
