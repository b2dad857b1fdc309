"""`sendeturm private`: the address behind which private episodes are heard."""

from __future__ import annotations

import click

from sendeturm.cli.call import Call
from sendeturm.cli.options import pass_call
from sendeturm.cli.spoken import SpokenCommand, marked, option


@click.command(
    "private",
    cls=SpokenCommand,
    help=marked(
        "Show the address behind which private episodes are heard, or replace it.\n\n"
        "Whoever has the address hears everything, and nobody else does. It is shown here alone."
    ),
)
@option("--replace", "replaces", is_flag=True, help=marked("Make a new address; the old one ends."))
@pass_call
def command(call: Call, *, replaces: bool) -> None:
    """Print the address, and what replacing it takes back."""
    from sendeturm.cli.progress import listening  # noqa: PLC0415  # not for --help
    from sendeturm.cli.screen import print_document, say  # noqa: PLC0415  # the same
    from sendeturm.errors import fail  # noqa: PLC0415  # the same
    from sendeturm.i18n import translate  # noqa: PLC0415  # the same
    from sendeturm.publish import (  # noqa: PLC0415  # the same
        cache_folder,
        private_address,
        replace_private_address,
    )

    show = call.open_show()
    if replaces:
        with listening(call, {}) as listen:
            address = replace_private_address(show.store, cache_folder(show.folder), listen)
    else:
        address = private_address(show.store)
    if address is None:
        raise fail("cli.nothing-private")
    if call.as_json:
        print_document({"address": address, "is_replaced": replaces})
        return
    if call.quiet:
        return
    say(address)
    if replaces:
        say(
            translate(
                "The former address is gone: nothing new comes there. What was downloaded is not"
                " taken back, nor is a sound file from those who know its own address."
            )
        )
