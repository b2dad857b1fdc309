"""The podcaster's folder: `sendeturm.toml`, recordings and sidecars become values, and back.

Names are imported when first asked for: reading needs neither tomlkit nor the scaffold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.sources.config import CONFIG_NAME, read_config
    from sendeturm.sources.digests import Digests
    from sendeturm.sources.folder import EPISODES, RECORDING_SUFFIXES
    from sendeturm.sources.identity import first_guid, next_guid
    from sendeturm.sources.look import read_look
    from sendeturm.sources.pages import WrittenPage, read_pages
    from sendeturm.sources.pulled import note_pulled, read_pulled
    from sendeturm.sources.reading import Sources, read_sources
    from sendeturm.sources.scaffold import write_show
    from sendeturm.sources.settings import write_settings
    from sendeturm.sources.transcripts import read_cues, transcript_maker
    from sendeturm.sources.watching import Watch, stem_in
    from sendeturm.sources.writing import change_front, change_setting, new_sidecar, write_front

__all__ = [
    "CONFIG_NAME",
    "EPISODES",
    "RECORDING_SUFFIXES",
    "Digests",
    "Sources",
    "Watch",
    "WrittenPage",
    "change_front",
    "change_setting",
    "first_guid",
    "new_sidecar",
    "next_guid",
    "note_pulled",
    "read_config",
    "read_cues",
    "read_look",
    "read_pages",
    "read_pulled",
    "read_sources",
    "stem_in",
    "transcript_maker",
    "write_front",
    "write_settings",
    "write_show",
]

__getattr__ = late(
    __name__,
    {
        "CONFIG_NAME": "config",
        "Digests": "digests",
        "EPISODES": "folder",
        "RECORDING_SUFFIXES": "folder",
        "Sources": "reading",
        "Watch": "watching",
        "WrittenPage": "pages",
        "change_front": "writing",
        "change_setting": "writing",
        "first_guid": "identity",
        "new_sidecar": "writing",
        "next_guid": "identity",
        "read_config": "config",
        "read_cues": "transcripts",
        "read_look": "look",
        "transcript_maker": "transcripts",
        "read_pages": "pages",
        "note_pulled": "pulled",
        "read_pulled": "pulled",
        "read_sources": "reading",
        "stem_in": "watching",
        "write_front": "writing",
        "write_settings": "settings",
        "write_show": "scaffold",
    },
)
