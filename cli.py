"""Launcher: `python cli.py solve scenario.yaml` from a bare checkout."""

from mesocycle.cli import main

if __name__ == "__main__":
    main()
