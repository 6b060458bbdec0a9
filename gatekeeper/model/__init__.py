"""The courtyard: the nouns of the field, immutable, with their invariants. Standard library only."""
