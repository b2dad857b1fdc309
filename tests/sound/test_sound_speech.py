"""Writing down speech, with a stand-in for the engine: no test fetches a model.

The stand-in hears tones instead of words, through the very interface faster-whisper is put
behind; the loading code is tried on a stand-in for the library, whose signatures are those of
faster-whisper 1.2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

import signals
from sendeturm.errors import SendeturmError
from sendeturm.events import Progress, Stage, silence
from sendeturm.model import Cue, Material, SoundFile
from sendeturm.sound import Engine, load_whisper, speech, transcribe
from signals import RATE_HZ


class ToneEngine:
    """Hears a word wherever it is louder than a whisper."""

    name = "stand-in"

    def __init__(self) -> None:
        self.stretches: list[tuple[int, str]] = []

    def hear(self, samples: speech.Samples, language: str) -> Iterator[Cue]:
        assert samples.dtype == np.float32
        assert samples.ndim == 1
        self.stretches.append((samples.size, language))
        loud = np.abs(samples) > 0.05
        tenths = loud[: loud.size // 1600 * 1600].reshape(-1, 1600).any(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], tenths, [0]))))
        for start, end in edges.reshape(-1, 2):
            yield Cue(start_ms=int(start) * 100, end_ms=int(end) * 100, text=f" {end - start}  x ")


def beeps(path, *starts_s, length_s):
    sound = np.zeros((1, int(length_s * RATE_HZ)), np.float32)
    for start_s in starts_s:
        begin = int(start_s * RATE_HZ)
        tone = signals.sine(-12, 1, 500, channels=1)
        sound[:, begin : begin + tone.shape[1]] += tone
    return signals.write_wav(path, sound)


def material(*files, layout="single"):
    sounds = [
        SoundFile(path=path, file=path.name, sha256="", speaker=speaker, starts_at_ms=at_ms)
        for path, speaker, at_ms in files
    ]
    return Material(layout=layout, files=tuple(sounds))


def said(cues):
    return [(c.start_ms, c.end_ms, c.speaker, c.text) for c in cues]


def test_a_recording_is_written_down_in_its_own_time(tmp_path):
    path = beeps(tmp_path / "x.wav", 1, 4, length_s=6)
    engine, events = ToneEngine(), []
    held: Engine = engine
    cues = transcribe(material((path, None, 0)), held, "de-AT", "001", events.append)
    assert said(cues) == [(1000, 2000, None, "10 x"), (4000, 5000, None, "10 x")]
    assert [language for _, language in engine.stretches] == ["de"]
    steps = [(e.done, e.total) for e in events if isinstance(e, Progress)]
    assert steps == [(0, 6000), (2000, 6000), (5000, 6000)]
    assert all(e.stage is Stage.TRANSCRIBE for e in events if isinstance(e, Progress))


def test_tracks_tell_who_speaks(tmp_path):
    anna = beeps(tmp_path / "a.wav", 0, 3, length_s=5)
    ben = beeps(tmp_path / "b.wav", 0, 1, length_s=5)
    files = ((anna, "Anna", 0), (ben, "Ben", 500), (ben, "Cy", -1500))
    cues = transcribe(material(*files, layout="tracks"), ToneEngine(), "de", "x", silence)
    assert [(start, end, who) for start, end, who, _ in said(cues)] == [
        (0, 500, "Cy"),
        (0, 1000, "Anna"),
        (500, 2500, "Ben"),
        (3000, 4000, "Anna"),
    ]


def test_parts_follow_each_other(tmp_path):
    first = beeps(tmp_path / "a.wav", 1, length_s=2.5)
    second = beeps(tmp_path / "b.wav", 1, length_s=3)
    files = ((first, None, 0), (second, None, 0))
    cues = transcribe(material(*files, layout="parts"), ToneEngine(), "de", "x", silence)
    assert [cue.start_ms for cue in cues] == [1000, 3500]


def test_long_recordings_are_heard_in_stretches_cut_in_silence(tmp_path, monkeypatch):
    monkeypatch.setattr(speech, "STRETCH_S", 31)
    starts_s = [n * 2 for n in range(35)]
    path = beeps(tmp_path / "x.wav", *starts_s, length_s=70)
    engine = ToneEngine()
    cues = transcribe(material((path, None, 0)), engine, "de", "x", silence)
    assert len(engine.stretches) > 2
    assert sum(size for size, _ in engine.stretches) == pytest.approx(70 * 16_000, abs=16)
    assert [cue.start_ms for cue in cues] == pytest.approx([s * 1000 for s in starts_s], abs=100)


class Dreamer:
    """Hears on where the sound has ended, and things that are nothing."""

    name = "dreamer"

    def hear(self, samples, language):
        yield Cue(start_ms=0, end_ms=99_000, text="lang")
        yield Cue(start_ms=500, end_ms=600, text="  ")
        yield Cue(start_ms=50_000, end_ms=60_000, text="Untertitel")


def test_what_is_heard_after_the_end_is_dropped(tmp_path):
    path = beeps(tmp_path / "x.wav", 0, length_s=2)
    cues = transcribe(material((path, None, 0)), Dreamer(), "de", "x", silence)
    assert said(cues) == [(0, 2000, None, "lang")]


def test_what_is_no_sound_is_told(tmp_path):
    path = tmp_path / "x.wav"
    path.write_text("<html>")
    with pytest.raises(SendeturmError) as raised:
        transcribe(material((path, None, 0)), ToneEngine(), "de", "x", silence)
    assert raised.value.problems[0].code == "sound.not-audio"


@dataclass
class StandInModel:
    """Takes what `faster_whisper.WhisperModel` takes, as far as it is used."""

    model_size_or_path: str
    device: str = "auto"
    compute_type: str = "default"

    def __post_init__(self):
        if self.model_size_or_path == "nonsense":
            raise ValueError("Invalid model size 'nonsense', expected one of: tiny")
        if self.model_size_or_path == "large-v3":
            raise FileNotFoundError("Cannot find an appropriate cached snapshot\nfolder")

    def transcribe(self, audio, language=None, *, vad_filter=False, condition_on_previous_text):
        if language == "xx":
            raise ValueError("'xx' is not a valid language code")
        segments = (
            SimpleNamespace(start=float(n), end=n + 0.9, text=f" Satz {n}.") for n in range(2)
        )
        return segments, SimpleNamespace(language=language)


@pytest.fixture
def library(monkeypatch):
    module = ModuleType("faster_whisper")
    module.WhisperModel = StandInModel
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    return module


def test_faster_whisper_is_loaded_and_heard(library, tmp_path):
    engine = load_whisper("small")
    assert engine.name == "faster-whisper small"
    path = beeps(tmp_path / "x.wav", 0, length_s=3)
    cues = transcribe(material((path, None, 0)), engine, "de", "x", silence)
    assert said(cues) == [(0, 900, None, "Satz 0."), (1000, 1900, None, "Satz 1.")]


@pytest.mark.parametrize("model", ["nonsense", "large-v3"])
def test_a_model_that_cannot_be_had_is_told(library, model):
    with pytest.raises(SendeturmError) as raised:
        load_whisper(model)
    (found,) = raised.value.problems
    assert (found.code, found.params["model"]) == ("sound.no-model", model)
    assert "\n" not in found.params["reason"]


def test_a_language_that_the_model_does_not_know_is_told(library):
    with pytest.raises(SendeturmError) as raised:
        list(load_whisper("small").hear(np.zeros(16_000, np.float32), "xx"))
    assert raised.value.problems[0].code == "sound.unknown-language"


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(SendeturmError) as raised:
        load_whisper("small")
    assert raised.value.problems[0].code == "sound.no-engine"
