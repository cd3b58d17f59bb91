"""What other apps logged, as events of a living block."""
