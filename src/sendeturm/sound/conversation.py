"""What was recorded as one program: a recording, parts in a row, or tracks heard together."""

from __future__ import annotations

from dataclasses import dataclass, field

from sendeturm.errors import Param, Place, Problem, Severity, fail
from sendeturm.model import Material, SoundFile, SoundSettings
from sendeturm.sound.decode import RATES_HZ
from sendeturm.sound.envelopes import LEVEL, fades, times
from sendeturm.sound.loudness import SILENT_LUFS
from sendeturm.sound.mixing import Layer, Mix
from sendeturm.sound.passes import Passes
from sendeturm.sound.program import Program, Single
from sendeturm.sound.speakers import speaker_lufs
from sendeturm.sound.survey import Survey
from sendeturm.sound.treating import centred, cleaned
from sendeturm.units import MS_PER_SECOND, ratio_from_db

COMMON_LUFS = -20.0
"""What each part or track is brought to before the whole gets its loudness."""

_MOST_OFFSET = 0.003  # −50 dB of full scale
_JOIN_MS = 10
_MOST_GAIN_DB = 50.0


@dataclass(slots=True)
class Conversation:
    """Puts together what was recorded; `remarks` gathers what is worth telling.

    `speakers_lufs` is how loud each track's speaker was recorded, where there are tracks.
    """

    material: Material
    settings: SoundSettings
    passes: Passes
    remarks: list[Problem] = field(default_factory=list)
    speakers_lufs: dict[str, float] = field(default_factory=dict)

    def program(self) -> Program:
        """Return the whole; raises SendeturmError for what cannot be decoded or is silent."""
        sources = self._opened()
        if self.material.layout == "single":
            return sources[0]
        if self.material.layout == "parts":
            return self._in_a_row(sources)
        return self._together(sources)

    def _opened(self) -> list[Program]:
        """Return each file as a program of its own, all at one rate, filtered."""
        singles = [Single(file.path, file.file) for file in self.material.files]
        rates = {single.rate_hz for single in singles}
        rate_hz = rates.pop() if len(rates) == 1 else RATES_HZ[0]
        for single in singles:
            single.rate_hz = rate_hz
        self._expect([single.expected_ms for single in singles])
        return [cleaned(single, self.settings) for single in singles]

    def _expect(self, lengths_ms: list[int]) -> None:
        """Tell what is going to be measured: several files one by one, and the whole."""
        is_single, is_row = self.material.layout == "single", self.material.layout == "parts"
        self.passes.expect(0 if is_single else sum(lengths_ms))
        self.passes.expect(sum(lengths_ms) if is_row else max(lengths_ms))

    def seen(self, program: Program) -> tuple[Program, Survey]:
        """Return a program around zero, and what was measured."""
        survey = self.passes.look(program)
        if max(map(abs, survey.offsets)) <= _MOST_OFFSET:
            return program, survey
        self.remark("sound.offset", program.file)
        program = centred(program, survey.offsets)
        return program, self.passes.look(program)

    def remark(self, code: str, file: str, **params: Param) -> None:
        """Note what was done."""
        self.remarks.append(Problem(code, params, Place(file), Severity.NOTE))

    def _in_a_row(self, sources: list[Program]) -> Program:
        """Return the parts one after the other, equally loud, without a click between them."""
        layers: list[Layer] = []
        for source in sources:
            program, survey = self.seen(source)
            join = program.rate_hz * _JOIN_MS // MS_PER_SECOND
            is_first, is_last = not layers, len(layers) == len(sources) - 1
            ends = fades(0 if is_first else join, 0 if is_last else join, survey.samples)
            gain_db = _gain_db(survey.loudness.integrated_lufs)
            points = times(ends, ratio_from_db(gain_db))
            at = layers[-1].end if layers else 0
            layers.append(Layer(program, at, survey.samples, points))
        self.remark("sound.joined", self.material.file, parts=len(layers))
        return Mix(self.material.file, tuple(layers))

    def _together(self, sources: list[Program]) -> Program:
        """Return the tracks mixed, each speaker equally loud; silent tracks are left out."""
        layers: list[Layer] = []
        for file, source in zip(self.material.files, sources, strict=True):
            program, survey = self.seen(source)
            if survey.loudness.integrated_lufs <= SILENT_LUFS:
                self._warn_of_silence(file)
                continue
            self.speakers_lufs[_name(file)] = lufs = speaker_lufs(survey.profile)
            at = file.starts_at_ms * program.rate_hz // MS_PER_SECOND
            points = times(LEVEL, ratio_from_db(_gain_db(lufs)))
            layers.append(Layer(program, at, survey.samples, points))
        heard = tuple(layer for layer in layers if layer.end > 0)
        if not heard:
            raise fail("sound.silent", file=self.material.file)
        found = self.speakers_lufs
        apart_lu = round(max(found.values()) - min(found.values()), 1)
        speakers = ", ".join(found)
        self.remark("sound.mixed", self.material.file, speakers=speakers, apart_lu=apart_lu)
        return Mix(self.material.file, heard)

    def _warn_of_silence(self, file: SoundFile) -> None:
        place, params = Place(file.file), {"speaker": _name(file)}
        self.remarks.append(Problem("sound.silent-track", params, place, Severity.WARNING))


def _name(file: SoundFile) -> str:
    """Return what listeners would call a track."""
    return file.speaker or file.file.rpartition("/")[2]


def _gain_db(loudness_lufs: float) -> float:
    """Return the gain to the common loudness; none for silence, which is meant where it stands."""
    if loudness_lufs <= SILENT_LUFS:
        return 0.0
    return max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, COMMON_LUFS - loudness_lufs))
