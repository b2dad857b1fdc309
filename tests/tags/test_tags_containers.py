"""Tags of M4A and Opus, taken apart by hand and read by other FFmpegs."""

from __future__ import annotations

import base64
import io
import struct
from datetime import datetime, timedelta, timezone

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from containers import (
    box,
    has_box,
    mp3_stream,
    mp4_heard,
    mp4_samples,
    nero_chapters,
    ogg_packets,
    ogg_pages,
    opus_comments,
    opus_samples,
    packet_hashes,
    quicktime_chapters,
)
from finished import CHAPTERS, finished
from sendeturm.model import Chapter
from sendeturm.tags import Tags, read_tags, write_tags

WINTER = timezone(timedelta(hours=1))


def jpeg():
    """A cover that takes more than one page of an Ogg."""
    rng = np.random.default_rng(1)
    written = io.BytesIO()
    Image.fromarray(rng.integers(0, 255, (300, 300, 3), dtype=np.uint8)).save(written, "JPEG")
    return written.getvalue()


PICTURE = jpeg()
FULL = Tags(
    title="Grüße aus Übersee 🎙",
    show="Einfach tun",
    author="Jule Petersen / Sören",
    number=2,
    season=1,
    published_at=datetime(2026, 11, 1, 6, 0, tzinfo=WINTER),
    language="de",
    notes="Erste Zeile.\n\nZweite: ä, €, 🐦.",
    page_url="https://example.org/gruesse/index.html?a=1%20b",
    copyright="© 2026 Jule",
    duration_ms=8000,
    chapters=(
        Chapter(start_ms=0, title="Anfang", url="https://example.org/1"),
        Chapter(start_ms=900, title="Kapitel – zwei"),
        Chapter(start_ms=2500, title="Schluß"),
        Chapter(start_ms=9000, title="nach dem Ende"),
    ),
    cover=PICTURE,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fertig")
    return {s: finished(folder / f"folge{s}").read_bytes() for s in (".mp3", ".m4a", ".opus")}


@pytest.fixture
def file_of(made, tmp_path):
    def written(suffix):
        path = tmp_path / f"folge{suffix}"
        path.write_bytes(made[suffix])
        return path

    return written


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
@pytest.mark.parametrize("keeps", [True, False])
def test_the_frames_stay_untouched(file_of, made, suffix, keeps):
    path = file_of(suffix)
    before = packet_hashes(path)
    write_tags(path, FULL, keeps_chapters=keeps)
    after, was = path.read_bytes(), made[suffix]
    assert packet_hashes(path) == before
    if suffix == ".mp3":
        assert mp3_stream(after) == mp3_stream(was)
    elif suffix == ".m4a":
        assert mp4_samples(after) == mp4_samples(was)
        assert mp4_heard(after) == mp4_heard(was)
        assert nero_chapters(after) == nero_chapters(was) == list(CHAPTERS)
        assert quicktime_chapters(after) == quicktime_chapters(was) == list(CHAPTERS)
    else:
        assert ogg_packets(after)[2:] == ogg_packets(was)[2:]
        assert ogg_packets(after)[0] == ogg_packets(was)[0]
        assert opus_samples(after) == opus_samples(was)
        granules = [granule for _, granule, _, _ in ogg_pages(after) if granule > 0]
        assert granules == [granule for _, granule, _, _ in ogg_pages(was) if granule > 0]


def atom(body, name):
    """Return the words of an atom of the list of tags."""
    content = box(body, b"moov", b"udta", b"meta", b"ilst", name)
    assert content[4:8] == b"data"
    return content[16 : struct.unpack_from(">I", content)[0]]


def test_the_atoms_of_an_m4a(file_of):
    path = file_of(".m4a")
    write_tags(path, FULL)
    body = path.read_bytes()
    words = {b"\xa9nam": FULL.title, b"\xa9alb": FULL.show, b"\xa9ART": FULL.author}
    words |= {b"ldes": FULL.notes, b"cprt": FULL.copyright, b"purl": FULL.page_url}
    assert {name: atom(body, name).decode() for name in words} == words
    assert atom(body, b"covr") == PICTURE
    assert atom(body, b"pcst") == b"\1"
    assert int.from_bytes(atom(body, b"stik")) == 21
    assert atom(body, b"trkn")[:4] == b"\0\0\0\2"
    assert not has_box(body, b"moov", b"udta", b"meta", b"ilst", b"\xa9too")
    with av.open(str(path)) as opened:
        assert opened.metadata["title"] == FULL.title
        assert opened.metadata["date"] == "2026-11-01T06:00:00"


def test_the_comments_of_an_opus(file_of):
    path = file_of(".opus")
    write_tags(path, FULL)
    comments = opus_comments(path.read_bytes())
    found = dict(comments)
    assert len(found) == len(comments)
    assert found["TITLE"] == FULL.title
    assert found["DESCRIPTION"] == FULL.notes
    assert found["CHAPTER000"] == "00:00:00.000"
    assert found["CHAPTER000URL"] == "https://example.org/1"
    assert [found["CHAPTER001"], found["CHAPTER001NAME"]] == ["00:00:00.900", "Kapitel – zwei"]
    assert "CHAPTER003" not in found
    block = base64.b64decode(found["METADATA_BLOCK_PICTURE"])
    assert block[:8] == b"\0\0\0\3\0\0\0\x0a"
    assert block[8:18] == b"image/jpeg"
    assert block.endswith(struct.pack(">I", len(PICTURE)) + PICTURE)
    with av.open(str(path)) as opened:
        titles = [chapter["metadata"]["title"] for chapter in opened.chapters()]
        assert titles == ["Anfang", "Kapitel – zwei", "Schluß"]


def ms(chapter):
    return round(chapter["start"] * chapter["time_base"] * 1000)


@pytest.mark.parametrize("suffix", [".mp3", ".opus"])
def test_own_chapters_are_kept(file_of, suffix):
    path = file_of(suffix)
    write_tags(path, FULL, keeps_chapters=True)
    assert [(c.start_ms, c.title) for c in read_tags(path).chapters] == list(CHAPTERS)
    with av.open(str(path)) as opened:
        found = [(ms(c), c["metadata"]["title"]) for c in opened.chapters()]
    assert found == list(CHAPTERS)


def test_pictures_and_links_of_kept_chapters_stay(file_of):
    path = file_of(".mp3")
    link = b"WXXX\0\0\0\x17\0\0\0\0https://example.org/x"
    picture = b"APIC\0\0\0\x10\0\0\0image/png\0\0\0PIC"
    inner = b"TIT2\0\0\0\5\0\0\0zwei" + link + picture
    chapter = b"c10\0" + struct.pack(">IIII", 2000, 4000, 2**32 - 1, 2**32 - 1) + inner
    inner = b"TIT2\0\0\0\5\0\0\0eins"
    first = b"c9\0" + struct.pack(">IIII", 0, 2000, 2**32 - 1, 2**32 - 1) + inner
    frames = b"".join(b"CHAP" + struct.pack(">I", len(c)) + b"\0\0" + c for c in (chapter, first))
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\3\0\0" + size + frames + mp3_stream(path.read_bytes()))
    for _ in range(2):
        write_tags(path, FULL, keeps_chapters=True)
        head = path.read_bytes()[: 200_000 + len(PICTURE)]
        assert head.count(b"https://example.org/x") == head.count(b"PIC") // 2 == 1
        found = read_tags(path).chapters
        assert [(c.start_ms, c.title, c.url) for c in found] == [
            (0, "eins", None),
            (2000, "zwei", "https://example.org/x"),
        ]


@pytest.mark.parametrize("suffix", [".m4a", ".opus"])
def test_the_same_tags_give_the_same_bytes(file_of, suffix):
    path = file_of(suffix)
    write_tags(path, FULL)
    once = path.read_bytes()
    write_tags(path, Tags(title="something long before " * 500))
    write_tags(path, FULL)
    assert path.read_bytes() == once


@pytest.mark.parametrize("suffix", [".m4a", ".opus"])
def test_what_was_written_is_read_back(file_of, suffix):
    path = file_of(suffix)
    write_tags(path, FULL)
    back = read_tags(path)
    left_out = {"duration_ms", "published_at", "chapters"} | (
        {"language"} if suffix == ".m4a" else set()
    )
    for name in set(Tags.__dataclass_fields__) - left_out:
        assert getattr(back, name) == getattr(FULL, name), name
    assert back.published_at == datetime(2026, 11, 1, 6, 0)  # noqa: DTZ001  # files know no zones


def test_what_is_said_of_the_gain_stays(file_of):
    path = file_of(".opus")
    body = path.read_bytes()
    assert b"artist=Alte Stimme" in body or b"ARTIST=Alte Stimme" in body
    import mutagen.oggopus  # noqa: PLC0415  # only here is it the one that writes

    opened = mutagen.oggopus.OggOpus(path)
    opened["R128_TRACK_GAIN"] = "-512"
    opened.save()
    write_tags(path, FULL)
    comments = opus_comments(path.read_bytes())
    assert ("R128_TRACK_GAIN", "-512") in [(name.upper(), value) for name, value in comments]
    assert "Alte Stimme" not in str(comments)


ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ANY, notes=ANY, url=ANY)
def test_nothing_in_a_title_breaks_a_file(file_of, made, title, notes, url):
    tags = Tags(title=title, notes=notes, page_url=url, copyright=title, language=notes)
    m4a, opus = file_of(".m4a"), file_of(".opus")
    write_tags(m4a, tags)
    write_tags(opus, tags)
    read_tags(m4a)
    read_tags(opus)
    assert mp4_samples(m4a.read_bytes()) == mp4_samples(made[".m4a"])
    assert ogg_packets(opus.read_bytes())[2:] == ogg_packets(made[".opus"])[2:]
