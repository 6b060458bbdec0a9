"""The corridor: walks from discover to Report once, in one direction."""
