"""Podcasters' folders for tests, and a stand-in for mastering that needs no encoder.

The stand-in gives well-formed MP3 frames whose number follows from the recording's bytes: tags,
sizes and hashes behave as real ones do, and no encoder's version shows in expected results.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from sendeturm.events import Finished, Listener, silence
from sendeturm.model import AudioFacts, Loudness, Material, Recipe, Rendition, SoundSettings
from sendeturm.publish import Outcome, Plan, apply, make_plan
from sendeturm.sources import read_config
from sendeturm.store import open_store
from sendeturm.store.protocol import Store

PUBLIC = 'address = "https://example.org/turm"'
SHOW_ID = "0b8b1c9e-6f0a-4f6e-9d5c-0d6f4d1f2a01"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FRAME = bytes.fromhex("fffb94c0") + bytes(380)  # MPEG 1 layer III, 128 kbit/s, 48 kHz, mono
FRAME_MS = 24


def recording_of(seed: str) -> bytes:
    """Return bytes that stand for a recording."""
    return b"RIFF" + hashlib.sha256(seed.encode()).digest() * 4


def stand_in_master(
    material: Material, settings: SoundSettings, cache: Path, subject: str, listen: Listener
) -> Rendition:
    """Give a rendition of one to five minutes, made from the recording's digest."""
    del settings
    digest = material.sha256
    frames = 2500 + int(digest[:4], 16) % 10000
    path = cache / "renditions" / f"{digest}.mp3"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FRAME * frames)
    assert all(file.path.is_file() for file in material.files)
    listen(Finished(subject))
    loudness = Loudness(integrated_lufs=-16.0, true_peak_dbtp=-1.5, lra_lu=4.0)
    return Rendition(
        path=path,
        type="audio/mpeg",
        audio=AudioFacts(
            duration_ms=frames * FRAME_MS,
            channels=1,
            sample_rate_hz=48000,
            bitrate_kbps=128,
            before=loudness,
            after=loudness,
            gain_db=0.0,
            waveform=(0, 128, 255),
        ),
        recipe=Recipe(recording_sha256=digest, digest=digest),
    )


@dataclass
class Folder:
    """A podcaster's folder that tests write into."""

    root: Path

    def write_config(self, **tables: str) -> None:
        """Write `sendeturm.toml`; a keyword adds lines to the table of its name."""
        show = tables.pop("show", "")
        lines = [
            "[show]",
            f'id = "{SHOW_ID}"',
            'title = "Türme & Töne"',
            'description = "Über das Senden."',
            'language = "de"',
            'author = "Ada Beispiel"',
            'timezone = "Europe/Berlin"',
            'categories = ["Society & Culture > Personal Journals"]',
            show,
        ]
        for name, body in tables.items():
            lines += [f"[{name}]", body]
        (self.root / "sendeturm.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write_cover(self, colour: tuple[int, int, int] = (20, 80, 120)) -> None:
        """Write a plain cover that every directory accepts."""
        from PIL import Image  # noqa: PLC0415  # few tests need it

        Image.new("RGB", (1400, 1400), colour).save(self.root / "cover.jpg")

    def write_episode(
        self, stem: str, front: str = "", notes: str = "Notizen.\n", seed: str | None = None
    ) -> Path:
        """Write a recording and its sidecar; `seed` changes the recording's bytes."""
        episodes = self.root / "episodes"
        episodes.mkdir(exist_ok=True)
        (episodes / f"{stem}.wav").write_bytes(recording_of(seed or stem))
        sidecar = episodes / f"{stem}.md"
        sidecar.write_text(f"+++\n{front}\n+++\n\n{notes}", encoding="utf-8")
        return sidecar


def new_folder(root: Path, **tables: str) -> Folder:
    """Make a folder with a show and its cover and no episode yet."""
    root.mkdir(parents=True, exist_ok=True)
    folder = Folder(root)
    folder.write_config(**tables)
    folder.write_cover()
    return folder


def place_of(folder: Folder) -> Store:
    """Open the folder's store."""
    return open_store(read_config(folder.root).storage, folder.root)


def planned(folder: Folder, **options) -> Plan:
    """Return what publish would do."""
    return planned_in(folder, place_of(folder), **options)


def planned_in(folder: Folder, store: Store, **options) -> Plan:
    """Return what publish would do in `store`."""
    return make_plan(folder.root, read_config(folder.root), store, **options)[0]


def published(folder: Folder, store: Store | None = None, **options) -> Outcome:
    """Publish the folder with the stand-in for mastering."""
    store = store or place_of(folder)
    plan, situation = make_plan(folder.root, read_config(folder.root), store, **options)
    return apply(plan, situation, store, silence, master=stand_in_master)


def items(folder: Folder) -> list[dict[str, str]]:
    """Return what the live feed says of its items."""
    root = etree.fromstring((folder.root / "public/feed.xml").read_bytes())
    return [
        {
            "title": item.findtext("title"),
            "guid": item.findtext("guid"),
            "url": item.find("enclosure").get("url"),
            "length": item.find("enclosure").get("length"),
        }
        for item in root.iter("item")
    ]
