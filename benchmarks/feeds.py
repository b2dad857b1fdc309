"""How long a whole feed takes, and how much memory, beside plain feedgen; and what cron pays.

The peer is feedgen with the same extensions, given the same items with every text ready: titles,
notes, addresses. Both yield the same bytes, which is checked. Interleaved runs of whole processes,
medians and ratios. A feed of 10,000 episodes may take 1.3 times as long as the peer's, 3 s and
500 MB; a run of `sendeturm feed` with nothing due renders nothing at all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import feedrecords  # noqa: E402  # the tests' records, from beside this file
from sendeturm.model import Chapter, Record, ShowRecord  # noqa: E402  # the same
from sendeturm.model.common import Credit  # noqa: E402  # the same

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
NOTES = "<p>Grüße vom Turm, heute über <b>Wind & Wetter</b>.</p>\n"
MOST_RATIO, MOST_S, MOST_MB, JUDGED = 1.3, 3.0, 500, 10_000


def records(count: int) -> list[Record]:
    """Return `count` episodes with about 3 kB in the feed, a guest, chapters and a transcript."""
    return [_record(number) for number in range(1, count + 1)]


def _record(number: int) -> Record:
    chapters = tuple(Chapter(start_ms=n * 60_000, title=f"Teil {n}") for n in range(4))
    record = feedrecords.a_record(
        number,
        guid=str(UUID(int=number)),
        slug=f"turm-{number}",
        published_at=FIRST + timedelta(minutes=number),
        notes_html=NOTES * 30,
        notes_text="Grüße vom Turm, heute über Wind & Wetter.\n" * 30,
        people=(Credit(name="Bo Gast", role="guest"),),
        chapters=feedrecords.stored(f"chapters/turm-{number}.json", "application/json+chapters"),
        transcripts=(feedrecords.transcript(f"transcripts/turm-{number}.vtt", "text/vtt"),),
    )
    facts = record.facts.model_copy(update={"chapters": chapters})
    return record.model_copy(update={"facts": facts})


def ours(show: ShowRecord, listed: list[Record]) -> Callable[[], bytes]:
    """Return what is measured: records to feed."""
    from sendeturm.feed import render_feed  # noqa: PLC0415  # in the child alone

    return lambda: render_feed(show, listed, NOW)


def peer(show: ShowRecord, listed: list[Record]) -> Callable[[], bytes]:
    """Return the same by feedgen, every text of it read before from our own feed."""
    from lxml import etree  # noqa: PLC0415  # in the child alone

    from sendeturm.feed import render_feed  # noqa: PLC0415  # the same

    root = etree.fromstring(render_feed(show, listed, NOW))
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    items = [
        {
            "title": item.findtext("title"),
            "link": item.findtext("link"),
            "description": item.findtext("description"),
            "content": item.findtext(content),
            "guid": item.findtext("guid"),
            "url": item.find("enclosure").get("url"),
            "length": item.find("enclosure").get("length"),
        }
        for item in root.iter("item")
    ]
    by_guid = {record.guid: record for record in listed}
    del root
    return lambda: _by_feedgen(show, items, by_guid)


def _by_feedgen(show: ShowRecord, items: list[dict[str, Any]], known: dict[str, Record]) -> bytes:
    from sendeturm.feed import render  # noqa: PLC0415  # in the child alone

    newest = [known[item["guid"]] for item in items]
    feed = render._channel(show, newest, NOW)  # noqa: SLF001  # it is feedgen's, with our extensions
    for item in items:
        record = known[item["guid"]]
        entry = feed.add_entry(order="append")
        entry.itunes.show = entry.podcasting.show = show
        entry.itunes.record = entry.podcasting.record = entry.simple.record = record
        entry.title(item["title"])
        entry.guid(item["guid"], permalink=False)
        entry.link(href=item["link"])
        entry.pubDate(record.facts.published_at)
        entry.enclosure(item["url"], item["length"], "audio/mpeg")
        entry.description(item["description"])
        entry.content(item["content"], type="CDATA")
    rss: bytes = feed.rss_str(pretty=True)
    return rss


def child(who: str, count: int) -> None:
    """Render once and print time, peak memory and the digest of the feed."""
    show, listed = feedrecords.a_show(), records(count)
    render = {"sendeturm": ours, "feedgen": peer}[who](show, listed)
    began = time.perf_counter()
    cpu = time.process_time()
    body = render()
    found = {
        "s": time.perf_counter() - began,
        "cpu_s": time.process_time() - cpu,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    print(json.dumps(found))


RUN = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
from sendeturm.events import silence
from sendeturm.publish import run_feed
from sendeturm.store.folder import FolderStore
done = run_feed(FolderStore(Path(sys.argv[1]), "the bench"), None, silence)
loaded = {name.partition(".")[0] for name in sys.modules}
print(json.dumps([time.perf_counter() - began, done.reason, sorted(loaded)]))
"""


def cron(count: int) -> None:
    """Lay out `count` records and a feed made of them, and measure a run with nothing due."""
    from sendeturm.publish.keys import FEED_KEY, record_key  # noqa: PLC0415  # in this part alone
    from sendeturm.publish.listing import read_listing  # noqa: PLC0415  # the same
    from sendeturm.publish.records import json_bytes, put_show  # noqa: PLC0415  # the same
    from sendeturm.publish.rendering import _feed_meta  # noqa: PLC0415  # the same
    from sendeturm.store.folder import FolderStore  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory() as name:
        store = FolderStore(Path(name), "the bench")
        put_show(store, feedrecords.a_show(), None)
        for record in records(count):
            path = Path(name) / record_key(record.guid)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(json_bytes(record))
        meta = _feed_meta(read_listing(store).fingerprint, NOW, None)
        store.put(FEED_KEY, b"<rss/>", meta)
        words = [sys.executable, "-c", RUN, name]
        done = subprocess.run(words, check=True, capture_output=True)
    seconds, reason, loaded = json.loads(done.stdout)
    rendered = {"feedgen", "lxml", "jinja2"} & set(loaded)
    assert not reason, reason
    assert not rendered, rendered
    print(f"{count:6} episodes, cron with nothing due: {seconds:.2f} s, nothing rendered")


def _run(who: str, count: int) -> dict[str, Any]:
    words = [sys.executable, __file__, "--child", who, "--count", str(count)]
    done = subprocess.run(words, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _rounds(count: int, rounds: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for _ in range(rounds):
        for who in ("sendeturm", "feedgen"):
            yield who, _run(who, count)


def compare(count: int, rounds: int) -> None:
    """Print both for one size, and whether the bounds hold."""
    runs: dict[str, list[dict[str, Any]]] = {"sendeturm": [], "feedgen": []}
    for who, found in _rounds(count, rounds):
        runs[who].append(found)
    assert len({run["sha256"] for found in runs.values() for run in found}) == 1, "other bytes"
    middle = {
        who: {key: statistics.median(run[key] for run in found) for key in ("s", "cpu_s", "mb")}
        for who, found in runs.items()
    }
    ratio = middle["sendeturm"]["cpu_s"] / middle["feedgen"]["cpu_s"]
    size_mb = runs["sendeturm"][0]["bytes"] / 1e6
    for who, found in middle.items():
        print(
            f"{count:6} episodes, {size_mb:5.1f} MB  {who:10} {found['s']:6.2f} s"
            f" (processor {found['cpu_s']:5.2f} s), {found['mb']:4.0f} MB"
        )
    own = middle["sendeturm"]
    kept = ratio <= MOST_RATIO and own["mb"] < MOST_MB and own["cpu_s"] < MOST_S
    judged = f": {'within' if kept else 'BEYOND'} the bounds" if count >= JUDGED else ""
    print(f"{'':6} ratio of processor times {ratio:.2f}{judged}")


def main() -> None:
    """Measure all sizes, or what a child is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["sendeturm", "feedgen"])
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.count)
        return
    for count in (100, 1000, given.count):
        compare(count, given.rounds)
    cron(given.count)


if __name__ == "__main__":
    main()
