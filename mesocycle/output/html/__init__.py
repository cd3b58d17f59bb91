"""A result as a page of its own: one file that opens offline."""
