"""Ogg, MP4 and MP3 files taken apart by hand: what was written is not read by who wrote it."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg

PARENTS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"tref", b"ilst")


def ogg_pages(body: bytes) -> Iterator[tuple[int, int, list[int], bytes]]:
    """Yield flags, granule, segment lengths and content of each page."""
    at = 0
    while at < len(body):
        magic, _, flags, granule = struct.unpack_from("<4sBBq", body, at)
        assert magic == b"OggS"
        count = body[at + 26]
        lacing = list(body[at + 27 : at + 27 + count])
        start = at + 27 + count
        at = start + sum(lacing)
        yield flags, granule, lacing, body[start:at]


def ogg_packets(body: bytes) -> list[bytes]:
    """Return the packets of a stream: head, comments, sound."""
    packets, open_packet = [], b""
    for _, _, lacing, content in ogg_pages(body):
        at = 0
        for length in lacing:
            open_packet += content[at : at + length]
            at += length
            if length < 255:
                packets.append(open_packet)
                open_packet = b""
    return packets


def opus_samples(body: bytes) -> int:
    """Return the samples that are heard (RFC 7845, 4): the last granule without the pre-skip."""
    pre_skip = struct.unpack_from("<H", ogg_packets(body)[0], 10)[0]
    return [granule for _, granule, _, _ in ogg_pages(body)][-1] - pre_skip


def opus_comments(body: bytes) -> list[tuple[str, str]]:
    packet = ogg_packets(body)[1]
    assert packet[:8] == b"OpusTags"
    at = 8 + 4 + struct.unpack_from("<I", packet, 8)[0]
    (count,) = struct.unpack_from("<I", packet, at)
    at, found = at + 4, []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", packet, at)
        name, _, value = packet[at + 4 : at + 4 + length].decode().partition("=")
        found.append((name, value))
        at += 4 + length
    return found


def boxes(body: bytes, path: tuple[bytes, ...] = ()) -> Iterator[tuple[tuple[bytes, ...], bytes]]:
    """Yield every box of an MP4 with the names of those it lies in."""
    at = 0
    while at + 8 <= len(body):
        size, name = struct.unpack_from(">I4s", body, at)
        assert size >= 8, (path, name, size)
        content = body[at + 8 : at + size]
        yield (*path, name), content
        if name in PARENTS:
            yield from boxes(content, (*path, name))
        if name == b"meta":
            yield from boxes(content[4:], (*path, name))
        at += size


def box(body: bytes, *path: bytes) -> bytes:
    """Return the first box at `path`."""
    return next(content for found, content in boxes(body) if found == path)


def has_box(body: bytes, *path: bytes) -> bool:
    return any(found == path for found, _ in boxes(body))


def mp4_samples(body: bytes, track: int = 0) -> list[bytes]:
    """Return the samples (frames) of a track, where its tables say they lie."""
    tracks = [content for found, content in boxes(body) if found == (b"moov", b"trak")]
    table = (b"mdia", b"minf", b"stbl")
    stsz = box(tracks[track], *table, b"stsz")
    fixed, count = struct.unpack_from(">II", stsz, 4)
    sizes = [fixed] * count if fixed else list(struct.unpack_from(f">{count}I", stsz, 12))
    stco = box(tracks[track], *table, b"stco")
    offsets = struct.unpack_from(f">{struct.unpack_from('>I', stco, 4)[0]}I", stco, 8)
    stsc = box(tracks[track], *table, b"stsc")
    runs = [
        struct.unpack_from(">III", stsc, 8 + 12 * i)
        for i in range(struct.unpack_from(">I", stsc, 4)[0])
    ]
    samples, left = [], iter(sizes)
    for chunk, offset in enumerate(offsets, start=1):
        per_chunk = next(n for first, n, _ in reversed(runs) if first <= chunk)
        at = offset
        for size in (next(left, None) for _ in range(per_chunk)):
            if size is None:
                break
            samples.append(body[at : at + size])
            at += size
    return samples


def mp4_heard(body: bytes) -> tuple[int, int, int]:
    """Return of an MP4's sound the samples it lasts, those skipped at its start, and its rate."""
    rate = struct.unpack_from(">I", box(body, b"moov", b"trak", b"mdia", b"mdhd"), 12)[0]
    scale = struct.unpack_from(">I", box(body, b"moov", b"mvhd"), 12)[0]
    length, skipped = struct.unpack_from(">Ii", box(body, b"moov", b"trak", b"edts", b"elst"), 8)
    return length * rate // scale, skipped, rate


def nero_chapters(body: bytes) -> list[tuple[int, str]]:
    chpl = box(body, b"moov", b"udta", b"chpl")
    count, at, found = chpl[8], 9, []
    for _ in range(count):
        start, length = struct.unpack_from(">QB", chpl, at)
        found.append((start // 10_000, chpl[at + 9 : at + 9 + length].decode()))
        at += 9 + length
    return found


def quicktime_chapters(body: bytes) -> list[tuple[int, str]]:
    """Return the chapters of the track of texts that the sound's track refers to."""
    assert has_box(body, b"moov", b"trak", b"tref", b"chap")
    track = [content for found, content in boxes(body) if found == (b"moov", b"trak")][1]
    scale = struct.unpack_from(">I", box(track, b"mdia", b"mdhd"), 12)[0]
    stts = box(track, b"mdia", b"minf", b"stbl", b"stts")
    lengths = []
    for i in range(struct.unpack_from(">I", stts, 4)[0]):
        count, length = struct.unpack_from(">II", stts, 8 + 8 * i)
        lengths += [length] * count
    found, at = [], 0
    for length, sample in zip(lengths, mp4_samples(body, 1), strict=True):
        size = struct.unpack_from(">H", sample)[0]
        found.append((round(at * 1000 / scale), sample[2 : 2 + size].decode()))
        at += length
    return found


def mp3_stream(body: bytes) -> bytes:
    """Return an MP3 without its ID3v2 tag."""
    if body[:3] != b"ID3":
        return body
    size = sum(byte << shift for byte, shift in zip(body[6:10], (21, 14, 7, 0), strict=True))
    return body[10 + size :]


def packet_hashes(path: Path) -> list[str]:
    """Return the hash of each packet of sound as the FFmpeg program reads them."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", path, "-map", "0:a"]
    said = subprocess.run(
        [*map(str, command), "-c", "copy", "-f", "framemd5", "-"], capture_output=True, check=True
    )
    assert not said.stderr, said.stderr.decode()
    lines = said.stdout.decode().splitlines()
    return [line.split(",", 1)[1] for line in lines if not line.startswith("#")]


def heard_samples(path: Path) -> int:
    """Return how many samples of the first channel the FFmpeg program decodes."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", path]
    form = ["-f", "s16le", "-af", "pan=mono|c0=c0", "-"]
    said = subprocess.run([*map(str, command), *form], capture_output=True, check=True)
    assert not said.stderr, said.stderr.decode()
    return len(said.stdout) // 2
