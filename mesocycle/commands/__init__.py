"""The commands: parse, call, render, exit code. Only the one that is called is loaded."""

OUR_MISTAKE, WRONG_INPUT, INTERRUPTED = 1, 2, 130
