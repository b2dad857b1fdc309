"""Chapters inside recordings, written by FFmpeg, mutagen and by hand, as editors do."""

from __future__ import annotations

import struct
import subprocess

import imageio_ffmpeg
import mutagen.flac
import mutagen.oggopus
import mutagen.oggvorbis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wavinfo import WavInfoReader

from sendeturm.sound import chapters_inside

METADATA = """;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=Begrüßung
[CHAPTER]
TIMEBASE=1/1000
START=1000
END=3000
title=Türme & Tore
"""


def sound(path, *options):
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    tone = ["-f", "lavfi", "-i", "sine=d=3"]
    subprocess.run([ffmpeg, "-v", "error", *tone, *options, path], check=True, timeout=60)


def inside(path):
    chapters, problems = chapters_inside(path, path.name)
    assert problems == []
    return [(c.start_ms, c.title) for c in chapters]


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "mp4", "opus", "mka"])
def test_chapters_that_ffmpeg_wrote(tmp_path, suffix):
    written, path = tmp_path / "m.txt", tmp_path / f"größe.{suffix}"
    written.write_text(METADATA, "utf-8")
    sound(path, "-i", written, "-map_metadata", "1")
    assert inside(path) == [(0, "Begrüßung"), (1000, "Türme & Tore")]


@pytest.mark.parametrize(
    ("suffix", "opener"),
    [
        ("opus", mutagen.oggopus.OggOpus),
        ("ogg", mutagen.oggvorbis.OggVorbis),
        ("flac", mutagen.flac.FLAC),
    ],
)
def test_vorbis_comments_with_links(tmp_path, suffix, opener):
    path = tmp_path / f"x.{suffix}"
    sound(path)
    tags = opener(path)
    tags["CHAPTER001"], tags["CHAPTER001NAME"] = "00:00:00.000", "Anfang"
    tags["CHAPTER002"], tags["CHAPTER002NAME"] = "00:00:01.250", "Meer"
    tags["CHAPTER002URL"] = "https://example.org/meer"
    tags.save()
    chapters, _ = chapters_inside(path, "x")
    assert [(c.start_ms, c.title, c.url) for c in chapters] == [
        (0, "Anfang", None),
        (1250, "Meer", "https://example.org/meer"),
    ]


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def wave(points, *, rate_hz=8000, encoding="utf-8", kind=b"RIFF"):
    """A second of silence with cue points `(sample, label)` after it, as editors write them."""
    cues = b"".join(struct.pack("<II4sIII", n, at, b"data", 0, 0, at) for n, (at, _) in points)
    labels = b"".join(
        chunk(b"labl", struct.pack("<I", n) + label.encode(encoding) + b"\0")
        for n, (_, label) in points
        if label
    )
    parts = [
        chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate_hz, rate_hz * 2, 2, 16)),
        chunk(b"data", bytes(rate_hz * 2)),
        chunk(b"cue ", struct.pack("<I", len(points)) + cues),
        chunk(b"LIST", b"adtl" + labels),
        chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Titel\0")),
    ]
    if kind != b"RIFF":
        parts.insert(0, chunk(b"ds64", struct.pack("<QQQI", 0, rate_hz * 2, rate_hz, 0)))
        parts[2] = parts[2][:4] + b"\xff" * 4 + parts[2][8:]
    body = b"WAVE" + b"".join(parts)
    return kind + struct.pack("<I", len(body)) + body


POINTS = list(enumerate([(6000, "Später"), (0, "Anfang"), (4001, "Über Türme"), (5000, "")], 1))
FOUND = [(0, "Anfang"), (500, "Über Türme"), (750, "Später")]


@pytest.mark.parametrize("kind", [b"RIFF", b"RF64"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_named_cue_points_of_a_wave_in_the_order_of_time(tmp_path, kind, encoding):
    path = tmp_path / "x.wav"
    path.write_bytes(wave(POINTS, kind=kind, encoding=encoding))
    assert inside(path) == FOUND


def test_another_reader_finds_the_same_cue_points(tmp_path):
    path = tmp_path / "x.wav"
    path.write_bytes(wave(POINTS))
    cues = WavInfoReader(str(path), info_encoding="utf-8").cues
    named = ((at // 8, cues.label_and_note(name)[0]) for name, at in cues.each_cue())
    assert sorted(pair for pair in named if pair[1]) == inside(path)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"<html>", b"ID3" * 9])
def test_what_is_no_sound_has_no_chapters(tmp_path, content):
    path = tmp_path / "x.wav"
    path.write_bytes(content)
    assert inside(path) == []
    assert inside(tmp_path / "missing.wav") == []


@settings(deadline=None)
@given(st.data())
def test_damaged_waves_are_read_without_raising(tmp_path_factory, data):
    body = bytearray(wave(POINTS)[:16_400] + wave(POINTS)[16_044:])
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=8)):
        body[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.wav"
    path.write_bytes(body[: data.draw(st.integers(0, len(body)))])
    chapters_inside(path, "x")


def test_odd_chapters_are_made_fit(tmp_path):
    points = [(0, "a\x07b\n c"), (0, "zugleich"), (80, "x" * 300)]
    path = tmp_path / "x.wav"
    path.write_bytes(wave(list(enumerate(points, 1))))
    assert inside(path) == [(0, "ab c"), (10, "x" * 255)]
