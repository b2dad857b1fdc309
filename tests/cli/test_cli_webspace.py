"""Feed and pages on one's own webspace, carried there by a command; only the media in a bucket."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import html

import servers

PAGES = "https://turm.example.org/podcast"
COPY = """
import pathlib, shutil, sys
source, target, count = map(pathlib.Path, sys.argv[1:])
shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".sendeturm"))
count.write_text(count.read_text() + "x" if count.exists() else "x")
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def split(show, tmp_path, seaweed, s3_keys):
    """Give a show whose pages go to htdocs/ by a command, and what there is to look at."""
    bucket = servers.make_bucket(seaweed.http, public=True)
    script = tmp_path / "copy.py"
    script.write_text(COPY)
    address = f"{seaweed.http.url}/{bucket}/turm"
    command = [sys.executable, str(script), "webspace", str(tmp_path / "htdocs")]
    storage = [
        f'place = "s3://{bucket}/turm"',
        f'endpoint = "{seaweed.http.url}"',
        f'address = "{address}"',
        'webspace = "webspace"',
        f'webspace_address = "{PAGES}"',
        f"webspace_command = {json.dumps([*command, str(tmp_path / 'count')])}",
    ]
    show.write_config(storage="\n".join(storage))
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-19T06:00:00Z')
    client = servers.s3_client(seaweed.http)

    def keys() -> list[str]:
        found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return [item["Key"].removeprefix("turm/") for item in found]

    return tmp_path / "htdocs", address, keys, f"s3://{bucket}/turm"


def carried(htdocs: Path) -> int:
    count = htdocs.with_name("count")
    return len(count.read_text()) if count.exists() else 0


def test_only_media_and_records_are_in_the_bucket(show, sendeturm, split):
    htdocs, address, keys, place = split
    said = sendeturm("publish")
    assert said.code == 0, said.err
    kinds = {key.split("/")[0] for key in keys()}
    assert kinds <= {"media", "covers", "cards", "chapters", "transcripts", ".sendeturm"}
    assert not any(key.endswith((".html", ".xml", ".css")) for key in keys())
    feed = feedparser.parse((htdocs / "feed.xml").read_bytes())
    (item,) = feed.entries
    assert item.enclosures[0].href.startswith(f"{address}/media/")
    assert servers.fetch(item.enclosures[0].href, headers={"Range": "bytes=0-9"}).status == 206
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{PAGES}/feed.xml"]
    assert item.link == f"{PAGES}/wind/index.html"
    assert not (htdocs / ".sendeturm").exists()
    check_page(htdocs, address)
    assert carried(htdocs) == 1
    assert sendeturm("publish").code == 0
    assert sendeturm("feed").code == 0
    assert carried(htdocs) == 1
    bare = sendeturm("feed", place, "--endpoint", address.partition("/show-")[0])
    assert bare.code == 1
    assert PAGES in bare.err or "Nothing is due" in bare.out
    assert not any(key.endswith((".html", ".xml")) for key in keys())


def check_page(htdocs: Path, address: str) -> None:
    """Whatever a page loads is there: beside it, or in the bucket, where its policy allows it."""
    path = htdocs / "wind" / "index.html"
    page = html.fromstring(path.read_bytes())
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    media = urlsplit(address)
    assert f"media-src 'self' {media.scheme}://{media.netloc};" in policy
    loaded = page.xpath(
        "//img/@src | //audio/@src | //script/@src | //link[@rel!='canonical']/@href"
    )
    assert any(found.startswith(f"{address}/media/") for found in loaded)
    for found in loaded:
        if found.startswith(address):
            assert servers.fetch(found).status == 200, found
        elif not found.startswith("http"):
            assert (path.parent / found).resolve().is_file(), found


def test_a_command_that_fails_is_told_and_run_again(show, sendeturm, split, tmp_path):
    htdocs, _, _, _ = split
    script = (tmp_path / "copy.py").read_text()
    (tmp_path / "copy.py").write_text("print('no route to host'); raise SystemExit(12)")
    said = sendeturm("publish")
    assert said.code == 1
    assert "failed (12): no route to host" in said.err
    assert not htdocs.exists()
    (tmp_path / "copy.py").write_text(script)
    assert sendeturm("feed").code == 0
    assert (htdocs / "feed.xml").exists()
    shutil.rmtree(show.root / "webspace")  # as on another computer
    assert sendeturm("publish").code == 0
    assert (show.root / "webspace/feed.xml").exists()


def test_settings_that_do_not_fit_together_are_told_at_once(show, sendeturm):
    show.write_config(storage='address = "https://example.org"\nwebspace = "episodes"')
    said = sendeturm("publish")
    assert said.code == 1
    assert "episodes" in said.err
    assert "no public address" in said.err
    show.write_config(storage='webspace_address = "https://example.org"')
    assert "but no folder" in sendeturm("publish").err


def test_a_whole_show_is_carried_without_a_bucket(show, sendeturm, tmp_path):
    script, htdocs = tmp_path / "copy.py", tmp_path / "htdocs"
    script.write_text(COPY)
    command = [sys.executable, str(script), "public", str(htdocs), str(tmp_path / "count")]
    show.write_config(storage=f'address = "{PAGES}"\nwebspace_command = {json.dumps(command)}')
    show.episode("001-wind", 'title = "Wind"\npublished_at = 2026-11-19T06:00:00Z')
    said = sendeturm("publish")
    assert said.code == 0, said.err
    (item,) = feedparser.parse((htdocs / "feed.xml").read_bytes()).entries
    assert (htdocs / item.enclosures[0].href.removeprefix(f"{PAGES}/")).is_file()
    assert (htdocs / "wind" / "index.html").is_file()
    assert not (htdocs / ".sendeturm").exists()
    assert sendeturm("publish").code == 0
    assert carried(htdocs) == 1
    assert "public/ · " in sendeturm().out
