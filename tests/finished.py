"""Finished files as other programs export them, made by another FFmpeg."""

from __future__ import annotations

from pathlib import Path

from meters import ffmpeg, pyloudnorm_lufs
from signals import RATE_HZ, Signal, speech, write_wav

CODECS = {
    ".mp3": ("libmp3lame", "-b:a", "112k"),
    ".m4a": ("aac", "-b:a", "96k"),
    ".opus": ("libopus", "-b:a", "64k"),
}
# FFmpeg 9 writes CHAPTERxxx a second too late where half a second or more is over.
CHAPTERS = ((0, "Begrüßung"), (2400, "Die Türme = Töne"), (5000, "Schluß"))


def described(path: Path, length_ms: int, chapters: tuple[tuple[int, str], ...] = CHAPTERS) -> Path:
    """Write FFmpeg's file of tags and chapters."""
    lines = [";FFMETADATA1", "title=Alter Titel", "artist=Alte Stimme", "encoder=Fremd"]
    ends = [*(start for start, _ in chapters[1:]), length_ms][: len(chapters)]
    for (start, title), end in zip(chapters, ends, strict=True):
        escaped = title.replace("=", "\\=")
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}"]
        lines += [f"title={escaped}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def finished(
    path: Path,
    signal: Signal | None = None,
    *,
    lufs: float | None = -16.0,
    chapters: tuple[tuple[int, str], ...] = CHAPTERS,
) -> Path:
    """Write an MP3, M4A or Opus of about `lufs` with tags and chapters (8 s of speech)."""
    sound = speech(8) if signal is None else signal
    recorded = write_wav(path.with_name(f"{path.stem}-roh.wav"), sound)
    words = described(path.with_name(f"{path.stem}-roh.txt"), sound.shape[1] // 48, chapters)
    gain_db = 0.0 if lufs is None else lufs - pyloudnorm_lufs(sound, RATE_HZ)
    level = f"volume={gain_db}dB,alimiter=limit=0.7:level=false"
    codec, *form = CODECS[path.suffix]
    sources = ("-i", recorded, "-f", "ffmetadata", "-i", words)
    mapped = ("-map", "0:a", "-map_metadata", "1", "-map_chapters", "1")
    ffmpeg(*sources, *mapped, "-af", level, "-c:a", codec, *form, "-ar", "48000", path)
    recorded.unlink()
    words.unlink()
    return path
