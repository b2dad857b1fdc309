"""`sendeturm check --fix`: covers mended, and what was done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.moments import size
from sendeturm.cli.problems import tell
from sendeturm.cli.screen import say
from sendeturm.i18n import translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call


def mend(call: Call) -> None:
    """Mend the covers of the show and its episodes, and say so; JSON names what is left alone."""
    from sendeturm.publish import mend_covers  # noqa: PLC0415  # Pillow is heavy
    from sendeturm.sources import read_config  # noqa: PLC0415  # not for --help

    folder = call.show_folder()
    mended, problems = mend_covers(folder, read_config(folder))
    tell(problems)
    if call.as_json or call.quiet:
        return
    line = translate("{file} was written anew: {side} × {side} pixels, {size}; before: {kept}")
    for one in mended:
        shown = {"file": one.file, "side": one.width_px, "size": size(one.size_bytes)}
        say(line.format(**shown, kept=one.kept))
    if not mended:
        say(translate("No cover was written anew."))
