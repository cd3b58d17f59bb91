"""`python -m mesocycle` is `mesocycle`."""

from mesocycle.cli import main

if __name__ == "__main__":
    main()
