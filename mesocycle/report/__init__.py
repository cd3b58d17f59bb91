"""Result -> something to read."""
