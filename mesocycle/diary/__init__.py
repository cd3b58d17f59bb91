"""The living block: what was done, what changed, and what holds now; a file, its events and their fold."""
