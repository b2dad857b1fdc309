"""The feed as it would be with a plan applied: looked at before anything leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sendeturm.errors import NOWHERE, Problem, Severity
from sendeturm.model import AudioFacts, EpisodeFacts, ImageFacts, Loudness, Record, StoredFile
from sendeturm.publish.keys import FEED_KEY
from sendeturm.publish.plan import EpisodeStep, Plan
from sendeturm.publish.situation import Situation
from sendeturm.store.protocol import Store

if TYPE_CHECKING:
    from sendeturm.rss import FeedChanges

UNKNOWN = "…"
"""Stands for the part of a name that only the finished sound gives."""
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A plan, what it changes in the feed, and what is wrong with the feed that comes of it.

    The plan has no steps left if that feed has errors.
    """

    plan: Plan
    changes: FeedChanges
    problems: tuple[Problem, ...]


def foresee(plan: Plan, situation: Situation, store: Store) -> Foreseen | None:
    """Return what applying `plan` would make of the live feed; None if it has nothing to do."""
    if plan.is_empty:
        return None
    from sendeturm.checks import check_feed, selected  # noqa: PLC0415  # only with changes
    from sendeturm.rss import compare_feeds, open_feed  # noqa: PLC0415  # lxml is heavy

    body = foreseen_feed(plan, situation)
    if body is None:
        return None
    live = store.get(FEED_KEY)
    changes = compare_feeds(live.body if live else None, body)
    feed, touched = open_feed(body), {change.guid for change in changes.items}
    items = [item for item in feed.items if item.words("guid") in touched]
    found = check_feed(replace(feed, items=items), FEED_KEY, plan.now)
    problems = tuple(nowhere(selected(found, situation.config.check)))
    errors = tuple(p for p in problems if p.severity is Severity.ERROR)
    if errors:
        held = {"show": None, "episodes": (), "render": None, "problems": (*plan.problems, *errors)}
        plan = replace(plan, **held)  # type: ignore[arg-type]  # fields of their own types
    return Foreseen(plan, changes, problems)


def foreseen_feed(plan: Plan, situation: Situation) -> bytes | None:
    """Return the feed as it would be, None if there is no show to be published.

    What only mastering tells (names and sizes of sound files, their length) is made up.
    """
    show = plan.show.wanted if plan.show else situation.show.record if situation.show else None
    if show is None:
        return None
    from sendeturm.feed import render_feed  # noqa: PLC0415  # feedgen is heavy

    records = situation.published
    records |= {step.wanted.guid: _record(step, plan) for step in plan.episodes}
    if plan.show is not None and plan.show.new_cover:
        show = show.model_copy(update={"cover": _COVER})
    return render_feed(show, list(records.values()), plan.now)


def nowhere(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without the lines of a feed that nobody has in front of them."""
    return [replace(found, place=NOWHERE) for found in problems]


def _record(step: EpisodeStep, plan: Plan) -> Record:
    item, old = step.wanted, step.wanted.record
    fields: dict[str, object] = {"facts": item.facts, "changed_at": plan.now}
    if item.needs_audio:
        key = f"media/{item.facts.slug}-{UNKNOWN}.mp3"
        sound = StoredFile(key=key, size_bytes=2_000_000, type="audio/mpeg", sha256="")
        fields |= {"enclosure": sound, "audio": old.audio if old and old.audio else _SOUND}
    if item.reissued_as:
        fields["reissued_as"] = item.reissued_as
    if old is None:
        return Record.model_validate({"guid": item.guid, **fields})
    if "cover" in item.changes:
        fields["cover"] = _COVER
    if "chapters" in item.changes and old.chapters:
        fields["chapters"] = _renewed(old.chapters, f"chapters/{item.facts.slug}", "json")
    if "transcript" in item.changes:
        fields["transcripts"] = tuple(
            _renewed(one, f"transcripts/{item.facts.slug}", one.key.rpartition(".")[2])
            for one in old.transcripts
        )
    known = {name: getattr(item.facts, name) for name in EpisodeFacts.model_fields}
    return old.model_copy(update=fields | {"facts": old.facts.model_copy(update=known)})


def _renewed(stored: StoredFile | None, name: str, ending: str) -> StoredFile | None:
    return stored.model_copy(update={"key": f"{name}-{UNKNOWN}.{ending}"}) if stored else None


_COVER = ImageFacts(
    key=f"covers/show-{UNKNOWN}.jpg",
    size_bytes=0,
    type="image/jpeg",
    sha256="",
    width_px=0,
    height_px=0,
    source_sha256="",
)
_NORMAL = Loudness(integrated_lufs=-16, true_peak_dbtp=-1, lra_lu=5)
_SOUND = AudioFacts(
    duration_ms=_MINUTE_MS,
    channels=1,
    sample_rate_hz=48_000,
    bitrate_kbps=96,
    before=_NORMAL,
    after=_NORMAL,
    gain_db=0,
)
