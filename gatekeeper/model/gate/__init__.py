"""Gates: what the law asks of them, what documents say of them, and the verdict."""
