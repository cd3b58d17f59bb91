"""Training logs as other apps export them, as neutral records."""
