"""Launcher: `python cli.py solve scenario.yaml` from a bare checkout."""

import sys

try:
    from mesocycle.cli import main
except KeyboardInterrupt:  # loading takes a moment, and nobody wants a traceback for having thought again
    sys.exit(130)

if __name__ == "__main__":
    main()
