"""From an episode's material to the one program that is encoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sendeturm.errors import Place, Problem, SendeturmError, Severity, problem
from sendeturm.model import Cut, Loudness, Material, SoundFile, SoundSettings, Voices
from sendeturm.sound.conversation import Conversation
from sendeturm.sound.cutting import Abridged
from sendeturm.sound.envelopes import fades
from sendeturm.sound.jingles import Jingle, Speech, around
from sendeturm.sound.levelling import Curve, plan_levelling, profile_after
from sendeturm.sound.loudness import HOP_MS, SILENT_LUFS
from sendeturm.sound.mixing import Mix
from sendeturm.sound.passes import Passes
from sendeturm.sound.pauses import Kept, plan_cuts
from sendeturm.sound.profile import Profile
from sendeturm.sound.program import Program, Single
from sendeturm.sound.survey import Survey
from sendeturm.sound.treating import faded, level
from sendeturm.sound.turns import turns_of
from sendeturm.sound.voices import voices_of
from sendeturm.units import MS_PER_SECOND

SHORTEST_MS = 400
"""The least that has a loudness: one block of BS.1770."""

FAINT_LUFS = -58.0
"""What is softer than this and nobody's voice is a microphone that was not connected."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What is to be encoded, and what was measured of it.

    `curve` is a levelling that is planned and not yet in the program; `before` is the loudness of
    what was recorded, `voices` its voices before and after levelling. `timeline` is empty where
    nothing was cut or moved.
    """

    program: Program
    seen: Survey
    curve: Curve | None
    before: Loudness
    voices: tuple[Voices | None, Voices | None]
    timeline: tuple[Cut, ...]
    remarks: tuple[Problem, ...]


def assembled(material: Material, settings: SoundSettings, passes: Passes) -> Assembled:
    """Return an episode as its settings want it.

    Raises SendeturmError for what cannot be decoded, is silent or too short.
    """
    conversation = Conversation(material, settings, passes)
    editing = _Editing(material, settings, conversation)
    whole = conversation.program()
    if editing.is_wanted:
        passes.expect(whole.expected_ms)
    program, seen = conversation.seen(whole)
    refuse(material, seen)
    curve, voices = _levelled(seen.profile, settings, conversation.speakers_lufs)
    lufs = seen.loudness.integrated_lufs
    if lufs < FAINT_LUFS and voices[0] is None:
        found = problem("sound.faint", file=material.file, lufs=lufs)
        raise SendeturmError([found, *seen.notices])
    if not editing.is_wanted:
        remarks = (*seen.notices, *conversation.remarks)
        return Assembled(program, seen, curve, seen.loudness, voices, (), remarks)
    edited, timeline = editing.edit(level(program, curve), seen)
    result = passes.look(edited)
    remarks = (*result.notices, *conversation.remarks)
    return Assembled(edited, result, None, seen.loudness, voices, timeline, remarks)


def _levelled(
    profile: Profile, settings: SoundSettings, speakers_lufs: Mapping[str, float]
) -> tuple[Curve | None, tuple[Voices | None, Voices | None]]:
    """Plan a levelling; return it with the voices as they were recorded, and after it."""
    turns = turns_of(profile)
    curve = plan_levelling(profile, settings.levelling, turns)
    before = voices_of(profile, turns)
    after = voices_of(profile_after(profile, curve), turns) if curve else before
    if before and speakers_lufs:  # mixing has brought them together already
        louder, quieter = max(speakers_lufs.values()), min(speakers_lufs.values())
        recorded = {"louder_lufs": round(louder, 2), "quieter_lufs": round(quieter, 2)}
        before = before.model_copy(update=recorded)
    return curve, (before, after)


def refuse(material: Material, seen: Survey) -> None:
    """Refuse what gives no episode, and say what else was odd about it: that may be the cause."""
    if seen.duration_ms < SHORTEST_MS:
        found = problem("sound.too-short", file=material.file, duration_ms=seen.duration_ms)
    elif seen.loudness.integrated_lufs <= SILENT_LUFS:
        found = problem("sound.silent", file=material.file)
    else:
        return
    raise SendeturmError([found, *seen.notices])


@dataclass(frozen=True, slots=True)
class _Editing:
    """The editing of a conversation: cuts, intro and outro, fades."""

    material: Material
    settings: SoundSettings
    conversation: Conversation

    @property
    def is_wanted(self) -> bool:
        """Say whether anything is asked for."""
        asked = self.settings
        cuts = asked.trim_silence or asked.longest_pause_s is not None
        return bool(
            cuts
            or asked.fade_in_ms
            or asked.fade_out_ms
            or self.material.intro
            or self.material.outro
        )

    def edit(self, program: Program, seen: Survey) -> tuple[Program, tuple[Cut, ...]]:
        """Return the edited program, and what of the conversation stands where."""
        kept = plan_cuts(seen.profile, self.settings)
        abridged = Abridged(program, kept, seen.samples)
        self._tell(kept)
        hop = program.rate_hz * HOP_MS // MS_PER_SECOND
        speech = Speech(abridged, abridged.samples, kept.lead_hops * hop, kept.tail_hops * hop)
        lufs = seen.loudness.integrated_lufs
        intro = self._jingle(self.material.intro, program.rate_hz, lufs)
        outro = self._jingle(self.material.outro, program.rate_hz, lufs)
        layers = around(speech, intro, outro, self.settings)
        mix = Mix(self.material.file, layers)
        timeline = _moved(abridged.timeline, layers[0].at, program.rate_hz)
        whole = (Cut(start_ms=0, end_ms=seen.duration_ms, at_ms=0),)
        return self._faded(mix), () if timeline == whole else timeline

    def _faded(self, mix: Mix) -> Program:
        per_ms = mix.rate_hz / MS_PER_SECOND
        lengths = (self.settings.fade_in_ms, self.settings.fade_out_ms)
        fade_in, fade_out = (min(round(ms * per_ms), mix.samples // 2) for ms in lengths)
        if not (fade_in or fade_out):
            return mix
        return faded(mix, fades(fade_in, fade_out, mix.samples))

    def _jingle(self, file: SoundFile | None, rate_hz: int, speech_lufs: float) -> Jingle | None:
        """Look at intro or outro; a silent one is left out."""
        if file is None:
            return None
        single = Single(file.path, file.file, rate_hz)
        self.conversation.passes.expect(2 * single.expected_ms)  # alone, and in the whole
        program, seen = self.conversation.seen(single)
        lufs = seen.loudness.integrated_lufs
        if lufs <= SILENT_LUFS:
            found = Problem("sound.silent-jingle", {}, Place(file.file), Severity.WARNING)
            self.conversation.remarks.append(found)
            return None
        return Jingle(program, seen.samples, speech_lufs - lufs)

    def _tell(self, kept: Kept) -> None:
        remark, file = self.conversation.remark, self.material.file
        if kept.trimmed_start_ms or kept.trimmed_end_ms:
            start, end = _seconds(kept.trimmed_start_ms), _seconds(kept.trimmed_end_ms)
            remark("sound.trimmed", file, start_s=start, end_s=end)
        if kept.pauses:
            seconds = _seconds(kept.shortened_ms)
            remark("sound.shortened", file, pauses=kept.pauses, shortened_s=seconds)


def _moved(timeline: tuple[Cut, ...], by_samples: int, rate_hz: int) -> tuple[Cut, ...]:
    by_ms = by_samples * MS_PER_SECOND // rate_hz
    return tuple(cut.model_copy(update={"at_ms": cut.at_ms + by_ms}) for cut in timeline)


def _seconds(duration_ms: int) -> float:
    return round(duration_ms / MS_PER_SECOND, 1)
