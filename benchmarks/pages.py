"""How long the pages of a thousand episodes take, and what they weigh.

    python benchmarks/pages.py [--episodes 1000] [--transcripts 100] [--rounds 3]

The peer is the least there is: a loop over one Jinja2 template that prints title and notes alone.
Rounds are paired and a ratio is taken within its round, because a busy machine spoils times but
hardly ratios. A thousand episodes should take less than five seconds, and the index with its style
and script less than 30 kB.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path

from jinja2 import Environment

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from feedrecords import a_record, a_show, audio, cover, with_chapters
from sendeturm.model import Cue, Record
from sendeturm.model.addresses import INDEX_KEY
from sendeturm.site import Page, render_site

START = datetime(2006, 1, 1, 6, tzinfo=UTC)
LOADED = re.compile(rb'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="(?:\.\./)*([^"]+)"')
NOW = datetime(2026, 11, 21, tzinfo=UTC)
CUES, CUE_MS = 900, 4000
"""An hour of talk."""

PLAIN = """<!doctype html><html><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>{{ notes|safe }}</body></html>
"""
BEGINNINGS, ENDS = "bdfghklmnprstwz", ("a", "e", "i", "o", "u", "en", "er")
SYLLABLES = [beginning + end for beginning in BEGINNINGS for end in ENDS]
VOCABULARY = ["".join(word) for length in (1, 2) for word in product(SYLLABLES, repeat=length)]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))
"""Eleven thousand words, the short ones often and the long ones rarely, as people talk (Zipf)."""


def talk(chance: random.Random, count: int) -> str:
    """Return a sentence of `count` words."""
    return " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=count)).capitalize() + "."


def an_episode(number: int) -> Record:
    """Return an episode with notes of a kilobyte, eight chapters, a waveform, cover and card."""
    chance = random.Random(number)  # noqa: S311  # the same episodes at every run
    notes = "".join(
        f'<p>{talk(chance, 30)} <a href="https://example.org/{n}">{talk(chance, 3)}</a></p>'
        for n in range(4)
    )
    record = a_record(
        number,
        title=talk(chance, 5),
        summary=talk(chance, 15),
        notes_html=notes,
        published_at=START + timedelta(days=3 * number),
        cover=cover(f"covers/turm-{number}-0123456789ab.jpg"),
        page_cover=cover(f"covers/turm-{number}-page-0123456789ab.jpg"),
        card=cover(f"cards/turm-{number}-0123456789ab.jpg"),
        audio=audio().model_copy(update={"waveform": tuple(chance.choices(range(256), k=800))}),
    )
    return with_chapters(record, *range(0, 1_600_000, 200_000))


def an_hour(number: int) -> tuple[Cue, ...]:
    """Return the transcript of an hour between two people."""
    chance = random.Random(-number)  # noqa: S311  # the same episodes at every run
    return tuple(
        Cue(
            start_ms=nth * CUE_MS,
            end_ms=(nth + 1) * CUE_MS,
            text=talk(chance, 9),
            speaker="Änne" if nth // 12 % 2 else "Jörg",
        )
        for nth in range(CUES)
    )


def plain_pages(records: list[Record]) -> dict[str, bytes]:
    """Return the peer's pages."""
    template = Environment(autoescape=True).from_string(PLAIN)
    return {
        r.facts.slug: template.render(title=r.facts.title, notes=r.facts.notes_html).encode()
        for r in records
    }


def seconds(render: Callable[[], object]) -> tuple[float, float]:
    """Return wall time and processor time of one rendering."""
    wall, processor = time.perf_counter(), time.process_time()
    render()
    return time.perf_counter() - wall, time.process_time() - processor


def print_weights(pages: Mapping[str, Page], newest: Record, oldest: Record) -> None:
    """Print what a browser loads, in bytes as they are stored: buckets do not compress."""
    shown = {
        "index": INDEX_KEY,
        "episode with an hour's transcript": f"{newest.facts.slug}/{INDEX_KEY}",
        "episode without transcript": f"{oldest.facts.slug}/{INDEX_KEY}",
    }
    for name, key in shown.items():
        body = pages[key].body
        loaded = {match.decode() for match in LOADED.findall(body)}
        whole_bytes = len(body) + sum(len(pages[asset].body) for asset in loaded)
        print(f"{name:34} {kilobytes(len(body))}, with style and script {kilobytes(whole_bytes)}")
    for key, page in sorted(pages.items()):
        if key.startswith("assets/"):
            print(f"{key.removeprefix('assets/'):34} {kilobytes(len(page.body))}")
    print(f"{'all pages and assets':34} {sum(len(p.body) for p in pages.values()) / 1e6:8.1f} MB")


def kilobytes(size_bytes: int) -> str:
    """Return a size as it is printed."""
    return f"{size_bytes / 1000:8.1f} kB"


def main() -> None:
    """Measure with made-up episodes, the same at every run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--transcripts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    show = a_show(page_cover=cover(), icon=cover(), touch_icon=cover(), card=cover())
    records = [an_episode(number) for number in range(1, given.episodes + 1)]
    spoken = records[len(records) - given.transcripts :] if given.transcripts else []
    cues = {r.guid: an_hour(number) for number, r in enumerate(spoken)}
    runs: dict[str, Callable[[], object]] = {
        "plain Jinja2 loop": lambda: plain_pages(records),
        "sendeturm": lambda: render_site(show, records, cues, NOW),
    }
    times: dict[str, list[tuple[float, float]]] = {label: [] for label in runs}
    for turn in range(given.rounds):
        for label in list(runs)[:: 1 if turn % 2 else -1]:
            times[label].append(seconds(runs[label]))
    for label, found in times.items():
        wall, processor = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{label:34} {wall:8.2f} s, {processor:.2f} s of one processor")
    ratios = [ours[1] / plain[1] for plain, ours in zip(*times.values(), strict=True)]
    print(f"{given.episodes} episodes, {len(cues)} with a transcript: ", end="")
    print(f"{statistics.median(ratios):.1f} × the plain loop")
    print_weights(render_site(show, records, cues, NOW), records[-1], records[0])


if __name__ == "__main__":
    main()
