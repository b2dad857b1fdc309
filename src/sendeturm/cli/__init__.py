"""The program: Click commands, each body short; only this room prints."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program on the command line's words and leave with its exit code."""
    from sendeturm.cli.ending import run  # noqa: PLC0415  # tests look at this room without Click

    sys.exit(run(sys.argv[1:]))
