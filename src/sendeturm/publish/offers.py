"""Finished files that fit already are offered to go out as they are; nobody decides it for them."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from sendeturm.errors import Problem, SendeturmError, Severity, problem
from sendeturm.events import Listener, Progress, Stage
from sendeturm.model import Loudness, SoundFile, SoundSettings
from sendeturm.publish.materials import FINISHED_SUFFIXES
from sendeturm.publish.places import cache_folder
from sendeturm.publish.plan import Plan
from sendeturm.publish.situation import Situation
from sendeturm.publish.wanted import Wanted
from sendeturm.publish.writing import write_whole

MEASURED = "finished"


def finished_files(plan: Plan, situation: Situation) -> tuple[Wanted, ...]:
    """Return the episodes whose single recording may be finished, by its name."""
    sound = situation.config.sound
    if sound.intro or sound.outro:
        return ()  # as it is, it would have neither
    wanted = (step.wanted for step in plan.episodes if step.wanted.needs_audio)
    return tuple(item for item in wanted if _may_be_finished(item))


def offers(plan: Plan, situation: Situation, listen: Listener) -> tuple[Problem, ...]:
    """Return a note for each finished file that is to be mastered though it fits already.

    It is measured for that, once: the cache remembers the loudness by the file's digest.
    """
    desk = _Desk(cache_folder(situation.folder), situation.config.sound, listen)
    return tuple(found for item in finished_files(plan, situation) for found in desk.offer(item))


def _may_be_finished(item: Wanted) -> bool:
    material = item.material
    if material is None or material.is_finished or material.layout != "single":
        return False
    return material.files[0].path.suffix.lower() in FINISHED_SUFFIXES


class _Desk:
    """Where finished files are looked at."""

    def __init__(self, cache: Path, sound: SoundSettings, listen: Listener) -> None:
        self._cache = cache
        self._sound = sound
        self._listen = listen

    def offer(self, item: Wanted) -> list[Problem]:
        """Return the offer to an episode, if there is one to make."""
        assert item.material is not None, "only what is here may be finished"
        loudness = self._loudness(item.material.files[0], item.episode.stem)
        from sendeturm.sound import fits  # noqa: PLC0415  # the signal's libraries are heavy

        if loudness is None or not fits(loudness, self._sound):
            return []
        return [
            problem(
                "publish.fits-already",
                file=item.file,
                severity=Severity.NOTE,
                lufs=loudness.integrated_lufs,
                peak=loudness.true_peak_dbtp,
            )
        ]

    def _loudness(self, file: SoundFile, stem: str) -> Loudness | None:
        kept = self._cache / MEASURED / f"{file.sha256}.json"
        try:
            plain = json.loads(kept.read_bytes())
            return Loudness.model_validate(plain) if plain else None
        except (OSError, ValueError, ValidationError):
            loudness = self._measured(file, stem)
        body = loudness.model_dump_json() if loudness else "null"
        write_whole(kept, body.encode())
        return loudness

    def _measured(self, file: SoundFile, stem: str) -> Loudness | None:
        """Measure a file; what is wrong with it is told when it is mastered."""
        from sendeturm.sound import finished_loudness  # noqa: PLC0415  # the signal's libraries

        def reached(done_ms: int, total_ms: int) -> None:
            self._listen(Progress(stem, Stage.MEASURE, done_ms, total_ms))

        try:
            return finished_loudness(file.path, file.file, reached)
        except SendeturmError:
            return None
