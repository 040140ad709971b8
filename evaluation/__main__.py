"""Command line: `python -m evaluation COMMAND …`; `--help` lists the commands."""

import argparse
import sys

from corpus.errors import ProductError
from evaluation.commands import (
    answers,
    check,
    compare,
    export,
    feedback,
    gate,
    ingest,
    report,
    retrieval,
    robustness,
    sentences,
    speed,
)

_COMMANDS = (
    answers,
    sentences,
    retrieval,
    robustness,
    speed,
    ingest,
    compare,
    report,
    export,
    feedback,
    check,
    gate,
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 done, 1 a gate or check that failed, 2 bad usage or input."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in _COMMANDS:
        command.add_parser(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
