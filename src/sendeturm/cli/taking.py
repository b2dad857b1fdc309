"""What commands that take back have in common: what is meant, a question, the words after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.cli.problems import one_line
from sendeturm.cli.screen import ask, is_terminal, say
from sendeturm.cli.telling import print_told, told_documents
from sendeturm.errors import fail
from sendeturm.events import silence
from sendeturm.i18n import ngettext, translate
from sendeturm.publish import cache_folder, desk_at, find_episode, tell_world

if TYPE_CHECKING:
    from sendeturm.cli.call import Call, OpenShow
    from sendeturm.publish import Desk, Rendered, Undo
    from sendeturm.publish.records import Live, LiveRecord


def open_desk(show: OpenShow) -> tuple[Desk, Live]:
    """Return where a show's publications are taken back, and what is published."""
    return desk_at(show.store, cache_folder(show.folder), silence)


def find_published(show: OpenShow, name: str, live: Live) -> LiveRecord:
    """Return the published episode of that name; raises `cli.not-published`."""
    found = find_episode(name, show.folder, show.config, show.store)
    record = found.record if found else None
    if record is None or record.guid not in live.records:
        raise fail("cli.not-published", name=name)
    return live.records[record.guid]


def may_go_on(call: Call, question: str, *, yes: bool, destroys: bool = False) -> bool:
    """Ask, where somebody can answer; what destroys something needs a yes in any case.

    Raises `cli.needs-yes`.
    """
    if yes:
        return True
    if is_terminal() and not call.as_json:
        return ask(question, default=not destroys)
    if destroys:
        raise fail("cli.needs-yes")
    return True


def say_undo(planned: Undo) -> None:
    """Print what undoing would do."""
    for item in planned.episodes:
        goes = translate("off the air again") if item.before is None else translate("as before")
        say(f"  {one_line(item.title)}: {goes}")
    if planned.show is not None:
        say(f"  {translate('the show')}: {translate('as before')}")


def on_air_document(rendered: Rendered) -> dict[str, object]:
    """Tell the world, and return who was told and how many episodes are on the air now."""
    return {"items": rendered.items, "told": told_documents(tell_world(rendered))}


def say_on_air(call: Call, rendered: Rendered) -> None:
    """Tell the world, and print who was told and how many episodes are on the air now."""
    told = tell_world(rendered)
    if call.quiet:
        return
    on_air = ngettext(
        "{count} episode is on the air.", "{count} episodes are on the air.", rendered.items
    )
    say(on_air)
    print_told(call, told)
