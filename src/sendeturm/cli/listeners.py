"""The listeners' view: what differs in the feed, item by item, and what apps do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from sendeturm.cli.planning import CHANGES
from sendeturm.cli.problems import one_line
from sendeturm.cli.screen import say
from sendeturm.cli.spoken import marked
from sendeturm.i18n import ngettext, translate

if TYPE_CHECKING:
    from sendeturm.cli.call import Call
    from sendeturm.rss import FeedChanges, ItemChange, TagChange

MOST_ITEMS = 20
SHORT = 60
TAGS = {
    "title": CHANGES["title"],
    "link": CHANGES["link"],
    "description": CHANGES["summary"],
    "content:encoded": CHANGES["notes_html"],
    "pubDate": CHANGES["published_at"],
    "language": CHANGES["language"],
    "copyright": CHANGES["copyright"],
    "enclosure": marked("sound file"),
    "itunes:duration": marked("length"),
    "itunes:image": CHANGES["cover"],
    "podcast:image": CHANGES["cover"],
    "itunes:explicit": CHANGES["explicit"],
    "itunes:episode": CHANGES["number"],
    "podcast:episode": CHANGES["number"],
    "itunes:season": CHANGES["season"],
    "podcast:season": CHANGES["season"],
    "itunes:episodeType": CHANGES["type"],
    "itunes:author": CHANGES["author"],
    "itunes:category": CHANGES["categories"],
    "podcast:chapters": CHANGES["chapters"],
    "psc:chapters": CHANGES["chapters"],
    "podcast:transcript": CHANGES["transcript"],
    "podcast:person": CHANGES["people"],
    "podcast:locked": CHANGES["locked"],
    "podcast:guid": CHANGES["podcast_guid"],
    "atom:link": marked("feed's address"),
}
FILES = frozenset({"enclosure", "itunes:image", "podcast:image", "podcast:transcript"})
FILES |= {"podcast:chapters", "psc:chapters"}
"""Tags whose values are addresses or long: that they are others is all that is said."""
LONG = frozenset({"content:encoded", "description"})


def print_changes(call: Call, changes: FeedChanges) -> None:
    """Print what differs in the feed, and what apps do about it."""
    if not changes:
        return
    say(translate("In the feed:"))
    if changes.show:
        say(f"  {translate('the show')}: {_told(changes.show)}")
    shown = changes.items if call.verbose else changes.items[:MOST_ITEMS]
    for line in _item_lines(shown):
        say(line)
    if more := len(changes.items) - len(shown):
        say("  " + ngettext("and {count} more episode", "and {count} more episodes", more))


def _item_lines(items: Sequence[ItemChange]) -> Iterator[str]:
    """Yield what is different in each item, and, once for those in a row, what apps do."""
    for item, following in zip_longest(items, items[1:]):
        title = one_line(item.title) or one_line(item.guid)
        about = f": {_told(item.changes)}" if item.changes else ""
        yield f"  {translate(KINDS[item.kind])} {title}{about}"
        if following is None or reaction(item) != reaction(following):
            yield f"    → {reaction(item)}"


KINDS = {"new": marked("new:"), "changed": marked("changed:"), "gone": marked("gone:")}


def reaction(item: ItemChange) -> str:
    """Return what apps do when they see this."""
    if item.kind == "new":
        return translate("apps show it as new, and download it where that is wished")
    if item.kind == "gone":
        return translate("apps take it off the list; who has downloaded it may keep it")
    if item.has_new_sound:
        return translate("some apps download it again, others keep the sound they have")
    if any(change.tag == "pubDate" for change in item.changes):
        return translate("apps move it to another place in the list; nothing is downloaded again")
    return translate("apps show the change at their next look; nothing is downloaded again")


def _told(changes: tuple[TagChange, ...]) -> str:
    return " · ".join(dict.fromkeys(_tag_words(change) for change in changes))


def _tag_words(change: TagChange) -> str:
    name = translate(TAGS.get(change.tag, change.tag))
    if not change.before:
        return translate("{name} added").format(name=name)
    if not change.after:
        return translate("{name} left out").format(name=name)
    if change.tag in FILES:
        return translate("{name} replaced").format(name=name)
    if change.tag in LONG:
        sizes = {"before": len(change.before), "after": len(change.after)}
        words = translate("{name} ({before} → {after} characters)")
        return words.format(name=name, **sizes)
    return f"{name} “{_short(change.before)}” → “{_short(change.after)}”"


def _short(text: str) -> str:
    plain = one_line(text)
    return plain if len(plain) <= SHORT else f"{plain[: SHORT - 1]}…"


def changes_document(changes: FeedChanges | None) -> dict[str, object] | None:
    """Return the difference as JSON has it, None if nothing differs."""
    if not changes:
        return None
    return {
        "show": [_tag_document(change) for change in changes.show],
        "items": [
            {
                "kind": item.kind,
                "guid": item.guid,
                "title": item.title,
                "has_new_sound": item.has_new_sound,
                "apps": reaction(item),
                "changes": [_tag_document(change) for change in item.changes],
            }
            for item in changes.items
        ],
    }


def _tag_document(change: TagChange) -> dict[str, str]:
    return {"tag": change.tag, "before": change.before, "after": change.after}
