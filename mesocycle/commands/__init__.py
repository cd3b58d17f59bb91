"""The larger commands, a file each: parse, call, render, exit code."""
