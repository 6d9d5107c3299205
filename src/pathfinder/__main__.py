"""`python -m pathfinder`."""

from pathfinder.cli import main

if __name__ == "__main__":
    main()
