"""A show moves in from its old host."""
