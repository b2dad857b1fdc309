"""The show as it would be, in a folder of its own: drafts, scheduled and bare ones included."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Listener
from sendeturm.model import LOCAL_ADDRESS, Config
from sendeturm.publish.apply import Outcome, apply
from sendeturm.publish.gather import gather
from sendeturm.publish.places import cache_folder
from sendeturm.publish.plan import Plan
from sendeturm.publish.publication import plan_from
from sendeturm.publish.situation import Situation
from sendeturm.store.protocol import Store

if TYPE_CHECKING:
    from sendeturm.publish.comparing import Compared, Heard, Laid

PREVIEW_FOLDER = "preview"
NOTHING_KNOWN: Mapping[str, Laid] = MappingProxyType({})
OLDER_WORDS = ("older-show",)
"""Whoever tries colours goes back to the former ones, too."""


def preview_root(folder: Path) -> Path:
    """Return where the preview is built: in the cache, never in the published place."""
    return cache_folder(folder) / PREVIEW_FOLDER


@contextmanager
def preview_place(folder: Path) -> Iterator[Path]:
    """Give a folder for one preview alone: several may run at once. It goes when that one ends."""
    root = preview_root(folder)
    root.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=root))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class PreviewPlan:
    """What a preview will be made of; `situation` has the true time, `plan` runs ahead of it."""

    plan: Plan
    situation: Situation

    @property
    def titles(self) -> dict[str, str]:
        """Return the titles of the episodes to be heard, by stem."""
        return {s.wanted.episode.stem: s.wanted.facts.title for s in self.plan.episodes}

    def heard(self, outcome: Outcome) -> dict[str, Heard]:
        """Return the episodes that were made of the plan, by stem."""
        from sendeturm.publish.comparing import Heard  # noqa: PLC0415  # Jinja2 is heavy

        wanted = {item.episode.stem: item for item in self.situation.wanted}
        bare = {episode.stem for episode in self.situation.waiting}
        return {
            one.stem: Heard(one.record, wanted[one.stem], one.remarks, one.stem in bare)
            for one in outcome.published
        }


def plan_preview(
    folder: Path, config: Config, store: Store, address: str = LOCAL_ADDRESS
) -> PreviewPlan:
    """Return the plan for a preview of every episode of the sources, whatever its date.

    Raises SendeturmError where the show itself cannot be shown.
    """
    local = config.storage.model_copy(update={"address": None})
    here = config.model_copy(update={"storage": local})
    waiting = gather(folder, here, store).waiting
    stems = [episode.stem for episode in waiting]
    situation = gather(folder, here, store, bare=stems, with_drafts=True)
    last = max((item.facts.published_at for item in situation.wanted), default=situation.now)
    ahead = replace(situation, now=max(situation.now, last))
    plan = plan_from(ahead, OLDER_WORDS, address)
    errors = [found for found in plan.problems if found.severity is Severity.ERROR]
    if plan.is_empty and errors:
        raise SendeturmError(errors)
    return PreviewPlan(plan, replace(situation, waiting=waiting))


def build_preview(planned: PreviewPlan, store: Store, listen: Listener) -> Outcome:
    """Fill the preview's `store`; nothing is written into the person's files.

    Renditions come from the same cache: what is heard here is what will go out.
    """
    return apply(planned.plan, planned.situation, store, listen, writes_back=False)


def compare_preview(
    planned: PreviewPlan,
    heard: Mapping[str, Heard],
    store: Store,
    listen: Listener,
    language: str,
    *,
    known: Mapping[str, Laid] = NOTHING_KNOWN,
) -> Compared:
    """Add pages to the preview that play each recording beside what was made of it.

    `heard` are all its episodes by stem, `known` those of them that are still as they were.
    """
    from sendeturm.publish.comparing import put_comparisons  # noqa: PLC0415  # Jinja2 is heavy

    return put_comparisons(heard, planned.situation, store, listen, language, known=known)
