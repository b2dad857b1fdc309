"""The show as it would be, in a folder of its own: drafts, scheduled and bare ones included."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sendeturm.errors import SendeturmError, Severity
from sendeturm.events import Listener
from sendeturm.model import LOCAL_ADDRESS, Config
from sendeturm.publish.apply import Outcome, apply
from sendeturm.publish.gather import cache_folder, gather
from sendeturm.publish.publication import plan_from
from sendeturm.store.protocol import Store

PREVIEW_FOLDER = "preview"


def preview_root(folder: Path) -> Path:
    """Return where the preview is built: in the cache, never in the published place."""
    return cache_folder(folder) / PREVIEW_FOLDER


def clear_preview(folder: Path) -> None:
    """Begin anew, so that what left the sources leaves the preview too."""
    shutil.rmtree(preview_root(folder), ignore_errors=True)


def build_preview(
    folder: Path, config: Config, store: Store, listen: Listener, address: str = LOCAL_ADDRESS
) -> Outcome:
    """Fill the preview's `store` with every episode of the sources, whatever its date.

    Raises SendeturmError where the show itself cannot be shown. Nothing is written into the
    person's files. Renditions come from the same cache: what is heard here is what will go out.
    """
    local = config.storage.model_copy(update={"address": None})
    here = config.model_copy(update={"storage": local})
    stems = [episode.stem for episode in gather(folder, here, store).waiting]
    situation = gather(folder, here, store, bare=stems, with_drafts=True)
    last = max((item.facts.published_at for item in situation.wanted), default=situation.now)
    plan = plan_from(replace(situation, now=max(situation.now, last)), address=address)
    errors = [found for found in plan.problems if found.severity is Severity.ERROR]
    if plan.is_empty and errors:
        raise SendeturmError(errors)
    return apply(plan, situation, store, listen, writes_back=False)
