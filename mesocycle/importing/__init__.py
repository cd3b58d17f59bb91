"""Anybody's run plan or calendar -> a scenario file: read, classify, gather, write."""
