"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sendeturm.cli.call import Call
from sendeturm.cli.completing import episodes, permits
from sendeturm.cli.spoken import marked, option

pass_call = click.make_pass_decorator(Call, ensure=True)

bare_option = option(
    "--bare",
    is_flag=True,
    help=marked(
        "Take along recordings that have no notes file yet, titled after their file names."
    ),
)
allow_option = option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="WHAT=EPISODE",
    shell_complete=permits,
    help=marked("Let one thing through that would be refused; the refusal says which."),
)

yes_option = option("--yes", "-y", is_flag=True, help=marked("Do not ask."))
again_option = option(
    "--again",
    multiple=True,
    metavar="EPISODE",
    shell_complete=episodes,
    help=marked("Put on the air again what was taken back or undone."),
)


def going_out(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what goes along."""
    return bare_option(allow_option(function))


def storage_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that lead to a storage without a show's settings."""
    for add in reversed(STORAGE_OPTIONS):
        function = add(function)
    return function


STORAGE_OPTIONS = (
    option(
        "--endpoint", metavar="URL", help=marked("The storage's address (else AWS_ENDPOINT_URL).")
    ),
    option("--region", metavar="NAME", help=marked("The storage's region.")),
    option(
        "--profile", metavar="NAME", help=marked("Which of your stored AWS credentials to use.")
    ),
    option(
        "--addressing-style",
        type=click.Choice(["path", "virtual", "auto"]),
        help=marked("How the bucket is named in requests (else path)."),
    ),
)
