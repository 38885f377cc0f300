"""The command line: `lineofsight <command>`, also `python -m lineofsight`."""

import sys

from lineofsight.cli import run


def main() -> int:
    """Run the command the process was started with; returns its exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
