"""Gates: which there are by documents, what belongs to each, and how it stands."""
