from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta, timezone

import av
import imageio_ffmpeg
import mutagen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendeturm.model import Chapter
from sendeturm.tags import Tags, read_tags, write_tags

WINTER = timezone(timedelta(hours=1))
PICTURE = b"\xff\xd8\xff\xe0 what stands for a small JPEG \xff\xd9"
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
    duration_ms=3000,
    chapters=(
        Chapter(start_ms=0, title="Begrüßung", url="https://example.org/1"),
        Chapter(start_ms=900, title="Kapitel – zwei"),
        Chapter(start_ms=2500, title="Schluß"),
    ),
    cover=PICTURE,
)


def seen_by_ffmpeg(path):
    with av.open(str(path)) as opened:
        return dict(opened.metadata), [
            (ms(c["start"], c), ms(c["end"], c), c["metadata"]["title"]) for c in opened.chapters()
        ]


def ms(time, chapter):
    return round(time * chapter["time_base"] * 1000)


def test_ffmpeg_reads_what_was_written(mp3):
    write_tags(mp3, FULL)
    words, chapters = seen_by_ffmpeg(mp3)
    assert words == {
        "title": "Grüße aus Übersee 🎙",
        "album": "Einfach tun",
        "artist": "Jule Petersen / Sören",
        "track": "2",
        "disc": "1",
        "date": "2026-11-01 06:00",
        "genre": "Podcast",
        "language": "deu",
        "comment": "Erste Zeile.\n\nZweite: ä, €, 🐦.",
        "copyright": "© 2026 Jule",
        "TLEN": "3000",
    }
    assert chapters == [
        (0, 900, "Begrüßung"),
        (900, 2500, "Kapitel – zwei"),
        (2500, 3000, "Schluß"),
    ]


def test_what_was_written_is_read_back(mp3):
    write_tags(mp3, FULL)
    back = read_tags(mp3)
    assert back.published_at == datetime(2026, 11, 1, 6, 0)  # noqa: DTZ001  # files know no zones
    assert {f: getattr(back, f) for f in Tags.__dataclass_fields__ if f != "published_at"} == {
        f: getattr(FULL, f) for f in Tags.__dataclass_fields__ if f != "published_at"
    }


def test_mutagen_finds_the_frames_that_apps_look_for(mp3):
    write_tags(mp3, FULL)
    frames = mutagen.File(mp3).tags
    assert frames.version == (2, 3, 0)
    assert frames["COMM::deu"].text == [FULL.notes]
    assert frames["TLAN"].text == ["deu"]
    assert frames["WOAF"].url == FULL.page_url
    assert frames["APIC:"].data == PICTURE
    assert frames["APIC:"].mime == "image/jpeg"
    assert "PCST" in frames


def heard_by_ffmpeg(path):
    with av.open(str(path)) as opened:
        return [bytes(frame.planes[0]) for frame in opened.decode(audio=0)]


def test_the_sound_stays_bit_for_bit(mp3, sound):
    before = heard_by_ffmpeg(mp3)
    write_tags(mp3, FULL)
    tagged = mp3.read_bytes()
    assert tagged.endswith(sound)
    size = sum(byte << shift for byte, shift in zip(tagged[6:10], (21, 14, 7, 0), strict=True))
    assert len(tagged) == 10 + size + len(sound)
    assert b"Info" in sound[:200]
    assert heard_by_ffmpeg(mp3) == before


def test_the_same_tags_give_the_same_bytes(mp3, sound, tmp_path):
    write_tags(mp3, FULL)
    once = mp3.read_bytes()
    write_tags(mp3, FULL)
    assert mp3.read_bytes() == once
    other = tmp_path / "other.mp3"
    other.write_bytes(sound)
    write_tags(other, Tags(title="something long before " * 50))
    write_tags(other, FULL)
    assert other.read_bytes() == once


def test_old_tags_of_any_version_go(mp3, sound):
    mp3.write_bytes(sound + b"TAG" + b"old title".ljust(125, b"\0"))
    write_tags(mp3, Tags(title="neu"))
    words, chapters = seen_by_ffmpeg(mp3)
    assert words == {"title": "neu", "genre": "Podcast"}
    assert chapters == []
    assert mp3.read_bytes().endswith(sound)


def test_a_hundred_chapters_stay_in_the_order_of_time(mp3):
    titles = ["Ä" * (i * 7 % 31 + 1) + "🎙" * (i % 3) for i in range(100)]
    chapters = tuple(
        Chapter(start_ms=i * 25, title=t, url="https://example.org/ü" if i % 4 else None)
        for i, t in enumerate(titles)
    )
    write_tags(mp3, Tags(title="Viele", duration_ms=3000, chapters=chapters[::-1]))
    _, seen = seen_by_ffmpeg(mp3)
    assert [title for _, _, title in seen] == titles
    assert [start for start, _, _ in seen] == [i * 25 for i in range(100)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", mp3]
    listing = subprocess.run(command, capture_output=True, check=False).stderr.decode()
    starts = [float(s) for s in re.findall(r"Chapter #\S+ start ([0-9.]+)", listing)]
    assert starts == [i * 25 / 1000 for i in range(100)]


def frames_in(body):
    """Walk ID3v2.3 frames by hand."""
    while len(body) > 10 and body[0]:
        size = int.from_bytes(body[4:8])
        yield body[:4], body[10 : 10 + size]
        body = body[10 + size :]


def test_the_table_of_contents_lists_the_chapters_and_has_a_title(mp3):
    write_tags(mp3, FULL)
    tagged = mp3.read_bytes()
    found = list(frames_in(tagged[10:]))
    [contents] = [frame for name, frame in found if name == b"CTOC"]
    assert contents.startswith(b"toc\0\x03\x03chp00000\0chp00001\0chp00002\0TIT2")
    sizes = {len(frame) for name, frame in found if name == b"CHAP"}
    assert len(sizes) == 1
    assert "Grüße".encode("utf-16-le") in contents


def test_more_chapters_than_a_table_of_contents_can_count(mp3):
    chapters = tuple(Chapter(start_ms=i * 10, title=f"{i}") for i in range(300))
    write_tags(mp3, Tags(title="x", duration_ms=3000, chapters=chapters))
    assert [title for _, _, title in seen_by_ffmpeg(mp3)[1]] == [f"{i}" for i in range(300)]


def test_chapters_behind_the_end_are_left_out(mp3):
    chapters = tuple(Chapter(start_ms=s, title=f"{s}") for s in (0, 2999, 3000, 9000))
    write_tags(mp3, Tags(title="x", duration_ms=3000, chapters=chapters))
    assert seen_by_ffmpeg(mp3)[1] == [(0, 2999, "0"), (2999, 3000, "2999")]


@pytest.mark.parametrize(
    ("language", "code", "back"),
    [("de", "deu", "de"), ("de-AT", "deu", "de"), ("gsw", "gsw", "gsw"), ("", None, "")],
)
def test_languages(mp3, language, code, back):
    write_tags(mp3, Tags(title="x", notes="n", language=language))
    assert seen_by_ffmpeg(mp3)[0].get("language") == code
    assert read_tags(mp3).language == back
    assert read_tags(mp3).notes == "n"


def test_midnight_is_written_as_the_clock_of_its_zone_reads(mp3):
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=WINTER)
    assert new_year.astimezone(UTC).year == 2026
    write_tags(mp3, Tags(title="x", published_at=new_year))
    assert seen_by_ffmpeg(mp3)[0]["date"] == "2027-01-01 00:00"


def test_a_file_without_tags_has_an_empty_title(mp3):
    assert read_tags(mp3) == Tags(title="")


def test_an_address_with_umlauts_is_encoded(mp3):
    write_tags(mp3, Tags(title="x", page_url="https://example.org/ü#a"))
    assert read_tags(mp3).page_url == "https://example.org/%C3%BC#a"


TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")), min_size=1, max_size=60
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, show=TEXT, notes=TEXT, chapter=TEXT)
def test_any_text_survives_for_ffmpeg_and_for_us(mp3, title, show, notes, chapter):
    chapters = (Chapter(start_ms=0, title=chapter),)
    write_tags(mp3, Tags(title=title, show=show, notes=notes, duration_ms=3000, chapters=chapters))
    words, seen = seen_by_ffmpeg(mp3)
    assert (words["title"], words["album"], words["comment"]) == (title, show, notes)
    assert [name for _, _, name in seen] == [chapter]
    back = read_tags(mp3)
    assert (back.title, back.show, back.notes) == (title, show, notes)
    assert back.chapters == chapters


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=())), language=st.text(max_size=5))
def test_nothing_in_a_title_breaks_a_file(mp3, sound, title, language):
    write_tags(mp3, Tags(title=title, notes=title, copyright=title, page_url=title))
    write_tags(mp3, Tags(title=title, language=language, notes="x"))
    read_tags(mp3)
    assert mp3.read_bytes().endswith(sound)
