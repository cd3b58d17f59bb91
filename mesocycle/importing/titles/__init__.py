"""What an entry of a plan means: kind, length and doubts, from its words."""
