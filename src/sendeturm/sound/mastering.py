"""Mastering: measure, encode as planned, measure what was encoded, correct if it misses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sendeturm.errors import Param, Place, Problem, Severity, fail
from sendeturm.events import Listener, Notice, Progress, Stage
from sendeturm.model import (
    AudioFacts,
    Loudness,
    Material,
    Recipe,
    Rendition,
    SoundSettings,
    Voices,
)
from sendeturm.sound.allocation import give_back_large_blocks
from sendeturm.sound.alternates import Form, StreamFormat, encode_as
from sendeturm.sound.assembly import Assembled, assembled
from sendeturm.sound.chain import mastered
from sendeturm.sound.course import limiting, loudest_ms
from sendeturm.sound.finished import fits, take_as_is, was_finished
from sendeturm.sound.forecast import Plan, plan_gain
from sendeturm.sound.frames import BITRATES_KBPS, Mp3Format
from sendeturm.sound.kinds import ALTERNATES, MP3, Kind
from sendeturm.sound.passes import Passes
from sendeturm.sound.readback import read_back
from sendeturm.sound.recipes import alternate_recipe, recipe
from sendeturm.sound.rehearsal import rehearse
from sendeturm.sound.renditions import cached, keep, writing
from sendeturm.sound.survey import Reached, Survey, survey
from sendeturm.sound.treating import level

TOLERANCE_LU = 0.05
PEAK_MARGIN_DB = 0.04
"""What is aimed at, so that meters reading a little otherwise still see ±0.1 LU and the ceiling."""

MOST_ENCODINGS = 4

REHEARSED_MS = 60_000
"""From here on excerpts are encoded first, to learn what the encoder does to this material."""

# Encoding moves peaks up, the more the fewer bits; a lower ceiling before it makes a second
# encoding rare.
_OVERSHOOT_DB = ((192, 0.7), (112, 1.3), (80, 1.6), (0, 2.2))
_BITRATE_KBPS = {1: 96, 2: 128}
_PROMISED_LU = 0.1
_MUCH_GAIN_DB = 30.0


def master(
    material: Material, settings: SoundSettings, cache: Path, subject: str, listen: Listener
) -> Rendition:
    """Return the rendition of what an episode is made of, from the cache if it was made before.

    `subject` names the episode in events: progress in milliseconds through measuring, encoding
    and verifying, and a notice of each thing odd, found in the rendition too.
    Raises SendeturmError for what cannot be mastered, or a cache that cannot be written.
    """
    asked = recipe(material, settings)
    kept = cached(asked, cache)
    if material.is_finished:
        made = kept or take_as_is(material, settings, cache, subject, listen)
    else:
        mastering = _Mastering(material, settings, cache, subject, listen)
        made = kept or mastering.made(asked, MP3)
        made = made.model_copy(update={"alternates": mastering.alternates(made.recipe)})
    for notice in (n for one in (made, *made.alternates) for n in one.notices):
        listen(Notice(subject, notice))
    return made


@dataclass(frozen=True, slots=True)
class _Fit:
    """What an encoding came to: the plan it followed, the file as measured, how many it took.

    `first` is how the first of them came out.
    """

    plan: Plan
    after: Survey
    encodings: int
    first: Loudness


@dataclass(slots=True)
class _Mastering:
    """An episode's material on its way to renditions; it is measured when the first is made."""

    material: Material
    settings: SoundSettings
    cache: Path
    subject: str
    listen: Listener
    _whole: Assembled | None = None

    def made(self, asked: Recipe, kind: Kind) -> Rendition:
        """Measure, encode until it fits, and keep the result."""
        whole = self._assembled()
        form = self._form(whole.seen, kind)
        with writing(self.cache) as part:
            fit = self._fit(whole, form, part)
            notices = self._remarks(fit, kind)
            if kind is MP3:
                about = (*self._levelled(whole, fit), *self._about(whole, fit))
                notices = (*whole.remarks, *about, *notices)
            audio = _facts(whole, fit, form)
            return keep(part, asked, self.cache, audio, notices, kind=kind)

    def alternates(self, main: Recipe) -> tuple[Rendition, ...]:
        """Return the same sound in the other forms that are asked for, each made until it fits."""
        made = []
        for name in dict.fromkeys(self.settings.alternates):
            asked = alternate_recipe(main, name)
            made.append(cached(asked, self.cache) or self.made(asked, ALTERNATES[name]))
        return tuple(made)

    def _assembled(self) -> Assembled:
        if self._whole is None:
            give_back_large_blocks()
            passes = Passes(self._reached(Stage.MEASURE))
            self._whole = assembled(self.material, self.settings, passes)
            passes.finish()
        return self._whole

    @property
    def file(self) -> str:
        """Return what messages call the recording."""
        return self.material.file

    def _form(self, before: Survey, kind: Kind) -> Form:
        channels = 1 if before.is_dual_mono else before.channels
        if kind is not MP3:
            return StreamFormat(kind, before.rate_hz, channels)
        kbps = self.settings.bitrate_kbps or _BITRATE_KBPS[channels]
        if kbps not in BITRATES_KBPS:
            known = ", ".join(str(known) for known in BITRATES_KBPS)
            raise fail("sound.bitrate", key="sound.bitrate_kbps", bitrate_kbps=kbps, known=known)
        return Mp3Format(before.rate_hz, channels, kbps)

    def _fit(self, whole: Assembled, form: Form, part: Path) -> _Fit:
        """Encode and measure, correcting the plan by what came out."""
        before, curve = whole.seen, whole.curve
        target_lufs = self.settings.loudness_lufs
        ceiling_dbtp = self.settings.true_peak_dbtp - _overshoot_db(form.bitrate_kbps)
        plan = plan_gain(before.profile, target_lufs, ceiling_dbtp, curve)
        if before.duration_ms >= REHEARSED_MS:
            bias_lu = rehearse(before, curve, plan, form, part)
            plan = plan_gain(before.profile, target_lufs - bias_lu, ceiling_dbtp, curve)
        first: Loudness | None = None
        for encodings in range(1, MOST_ENCODINGS + 1):
            after = self._encoded(whole, plan, form, part)
            first = first or after.loudness
            fit = _Fit(plan, after, encodings, first)
            off_lu = fit.after.loudness.integrated_lufs - target_lufs
            over_db = fit.after.loudness.true_peak_dbtp - self.settings.true_peak_dbtp
            if over_db <= -PEAK_MARGIN_DB and abs(off_lu) <= TOLERANCE_LU:
                break
            bias_lu = fit.after.loudness.integrated_lufs - plan.expected_lufs
            ceiling_dbtp -= max(0.0, over_db + 2 * PEAK_MARGIN_DB)
            plan = plan_gain(before.profile, target_lufs - bias_lu, ceiling_dbtp, curve)
            if (plan.gain_db, plan.ceiling_dbtp) == (fit.plan.gain_db, fit.plan.ceiling_dbtp):
                break  # as near as the limiter lets it come
        return fit

    def _encoded(self, whole: Assembled, plan: Plan, form: Form, part: Path) -> Survey:
        """Encode the whole program and measure what came out."""
        reached, seen = self._reached(Stage.ENCODE), whole.seen
        program = level(whole.program, whole.curve)
        peak = seen.sample_peak * (float(whole.curve.gains.max()) if whole.curve else 1.0)
        with closing(mastered(program, peak, plan, form.channels)) as blocks:
            samples = encode_as(blocks, form, part, seen.duration_ms, reached)
        if samples != seen.samples:
            raise fail("sound.changed", file=self.file)
        return survey(read_back(part, form, seen.duration_ms), self._reached(Stage.VERIFY))

    def _levelled(self, whole: Assembled, fit: _Fit) -> Iterator[Problem]:
        """Tell what levelling did to voices, noise and range."""
        before, levelled = whole.voices
        after = _voices_after(whole, fit)
        if before is None or after is None or before == levelled:
            return
        plain_lu = fit.after.loudness.integrated_lufs - whole.before.integrated_lufs
        yield self._remark(
            "sound.levelled",
            before_lu=before.difference_lu,
            after_lu=after.difference_lu,
            range_before_lu=whole.before.lra_lu,
            range_after_lu=fit.after.loudness.lra_lu,
            floor_before_lufs=before.floor_lufs + plain_lu,
            floor_after_lufs=after.floor_lufs,
        )

    def _about(self, whole: Assembled, fit: _Fit) -> Iterator[Problem]:
        """Tell what was odd about the recording."""
        if was_finished(self.material) and fits(whole.before, self.settings):
            before = whole.before
            params = {"lufs": before.integrated_lufs, "peak": before.true_peak_dbtp}
            yield self._remark("sound.fitted-already", **params)
        if whole.seen.is_dual_mono:
            yield self._remark("sound.dual-mono")
        if fit.plan.gain_db >= _MUCH_GAIN_DB:
            yield self._remark("sound.quiet", gain_db=fit.plan.gain_db)

    def _remarks(self, fit: _Fit, kind: Kind) -> tuple[Problem, ...]:
        """Tell how the encoding came out."""
        after = fit.after.loudness
        remarks = []
        if fit.encodings > 1:
            lufs, peak = fit.first.integrated_lufs, fit.first.true_peak_dbtp
            params: dict[str, Param] = {"times": fit.encodings, "lufs": lufs, "peak": peak}
            params |= {} if kind is MP3 else {"kind": kind.name}
            code = "sound.encoded-again" if kind is MP3 else "sound.alternate-encoded-again"
            remarks.append(self._remark(code, **params))
        if abs(after.integrated_lufs - self.settings.loudness_lufs) > _PROMISED_LU:
            reached, target = after.integrated_lufs, self.settings.loudness_lufs
            remarks.append(self._warning("sound.missed-loudness", reached=reached, target=target))
        if after.true_peak_dbtp > self.settings.true_peak_dbtp:
            reached, ceiling = after.true_peak_dbtp, self.settings.true_peak_dbtp
            remarks.append(self._warning("sound.missed-peak", reached=reached, ceiling=ceiling))
        return tuple(remarks)

    def _remark(self, code: str, **params: Param) -> Problem:
        return Problem(code, params, Place(self.file), Severity.NOTE)

    def _warning(self, code: str, **params: Param) -> Problem:
        return Problem(code, params, Place(self.file), Severity.WARNING)

    def _reached(self, stage: Stage) -> Reached:
        def reached(done_ms: int, total_ms: int) -> None:
            self.listen(Progress(self.subject, stage, done_ms, total_ms))

        return reached


def _facts(whole: Assembled, fit: _Fit, form: Form) -> AudioFacts:
    worked = limiting(whole.seen.profile, fit.plan, whole.curve)
    return AudioFacts(
        duration_ms=whole.seen.duration_ms,
        channels=form.channels,
        sample_rate_hz=form.rate_hz if isinstance(form, Mp3Format) else form.file_rate_hz,
        bitrate_kbps=form.bitrate_kbps,
        before=whole.before,
        after=fit.after.loudness,
        voices_before=whole.voices[0],
        voices_after=_voices_after(whole, fit),
        gain_db=round(fit.plan.gain_db, 2),
        timeline=whole.timeline,
        waveform=fit.after.profile.waveform,
        limited=worked.tenths_db,
        loudest_ms=loudest_ms(fit.after.profile),
        most_limited_ms=worked.most_ms,
    )


def _voices_after(whole: Assembled, fit: _Fit) -> Voices | None:
    """Return the voices as they go out.

    Levelling leaves the loudness of the whole as it is; gain and limiter bring it to what was
    measured, and pauses get the gain alone.
    """
    _, levelled = whole.voices
    if levelled is None:
        return None
    louder_lu = fit.after.loudness.integrated_lufs - whole.before.integrated_lufs
    return Voices(
        louder_lufs=round(levelled.louder_lufs + louder_lu, 2),
        quieter_lufs=round(levelled.quieter_lufs + louder_lu, 2),
        floor_lufs=round(levelled.floor_lufs + fit.plan.gain_db, 2),
    )


def _overshoot_db(bitrate_kbps: int) -> float:
    return next(over_db for least, over_db in _OVERSHOOT_DB if bitrate_kbps >= least)
