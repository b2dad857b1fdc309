"""Read everything a plan needs: the folder, the store's records, the live feed's head."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sendeturm.model import (
    Config,
    ShowFacts,
    SiteFacts,
)
from sendeturm.model.pictures import Pixels
from sendeturm.publish.checking import pixels_of
from sendeturm.publish.clock import now_of
from sendeturm.publish.keys import FEED_KEY
from sendeturm.publish.places import cache_folder
from sendeturm.publish.records import (
    NOTHING_SURE,
    RECORDS_CACHE,
    LiveShow,
    read_live,
)
from sendeturm.publish.rendering import live_feed
from sendeturm.publish.site import wanted_site
from sendeturm.publish.situation import Situation
from sendeturm.publish.sorting import Sorting
from sendeturm.sources import Digests, read_sources
from sendeturm.store.protocol import Store


def gather(
    folder: Path,
    config: Config,
    store: Store,
    *,
    bare: Collection[str] = (),
    with_drafts: bool = False,
    surely: Mapping[str, str | None] = NOTHING_SURE,
) -> Situation:
    """Read sources and store and set them side by side.

    `bare` are the stems of bare recordings to take as episodes titled after their file name;
    `with_drafts` takes drafts as if they were none (preview), `surely` is as in `read_live`.
    Problems of single episodes are collected; a store that cannot be reached raises SendeturmError.
    """
    live = read_live(store, cache_folder(folder) / RECORDS_CACHE, surely)
    show, records = live.show, live.records
    feed = live_feed(store.head(FEED_KEY))
    now = now_of(store.clock(), feed.rendered_at if feed else None)
    digests = Digests(cache_folder(folder))
    known = {live.record.digests.transcript for live in records.values()}
    sources = read_sources(
        folder, config, wants_cues=lambda path: digests.sha256_of(path) not in known
    )
    slugs = {live.record.facts.slug for live in records.values()}
    site = wanted_site(folder, config, show, slugs)
    taken = frozenset(page.slug for page in site.facts.pages) | slugs
    desk = Sorting(folder, config, digests, records, now, taken, with_drafts=with_drafts)
    desk.take(sources.episodes)
    desk.look_at_bare(sources.waiting, bare)
    cover_sha256 = desk.digest(folder / config.show.cover)
    return Situation(
        folder=folder,
        config=config,
        show_facts=_told_facts(config, site.facts, is_preview=with_drafts),
        cover=_measured_cover(folder, config, cover_sha256, show),
        cover_sha256=cover_sha256,
        site_files=site.files,
        wanted=tuple(desk.wanted),
        waiting=tuple(desk.waiting),
        drafts=tuple(desk.drafts),
        problems=(*sources.problems, *desk.problems, *site.problems),
        show=show,
        records=records,
        feed=feed,
        fingerprint=live.fingerprint,
        is_unfinished=bool(live.listing.unfinished),
        now=now,
    )


def _measured_cover(
    folder: Path, config: Config, sha256: str | None, show: LiveShow | None
) -> Pixels | None:
    """Measure the show's cover; the published one is known and needs no look."""
    if sha256 is None:
        return None
    live = show.record.cover if show else None
    if live is not None and sha256 in (live.source_sha256, live.sha256):
        return pixels_of(live)
    from sendeturm.pictures import measure_picture  # noqa: PLC0415  # Pillow is heavy

    return measure_picture(folder / config.show.cover, config.show.cover)


def _told_facts(config: Config, site: SiteFacts, *, is_preview: bool) -> ShowFacts:
    facts = show_facts(config).model_copy(update={"site": site})
    return facts.model_copy(update={"private": False}) if is_preview else facts


def show_facts(config: Config) -> ShowFacts:
    """Return what the world is told about the show."""
    known = set(ShowFacts.model_fields)
    return ShowFacts.model_validate(config.show.model_dump(include=known))
