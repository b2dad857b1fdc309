"""Files that were cut off, never closed, or are still being written: told, never a wrong length."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from materials import material
from meters import ffmpeg
from sendeturm.errors import SendeturmError
from sendeturm.events import silence
from sendeturm.model import Measurement, SoundSettings
from sendeturm.sound import master, measure
from sendeturm.sound.decode import open_recording
from sendeturm.sound.extent import Extent, extent_of
from signals import RATE_HZ, UNKNOWN_BYTES, aged, sine, speech, wav, write_wav

SECONDS = 6
VOICE = speech(SECONDS)
WHOLE = wav(VOICE)
SOUND_BYTES = SECONDS * RATE_HZ * 2


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return aged(path)


def measured(path: Path) -> tuple[Measurement, list[str]]:
    seen = measure(path, path.name)
    return seen, [notice.code for notice in seen.notices]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    return write_wav(tmp_path_factory.mktemp("source") / "a.wav", VOICE)


FORMATS = {
    "a.wav": (),
    "rf64.wav": ("-rf64", "always"),
    "a.w64": (),
    "a.caf": (),
    "a.aiff": (),
    "a.flac": (),
    "a.mp3": (),
    "a.mkv": ("-c:a", "flac"),
    "a.webm": ("-c:a", "libopus"),
    "start.m4a": ("-movflags", "+faststart"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_missing_at_the_end_is_told_with_its_length(tmp_path, source, name):
    path = tmp_path / name
    ffmpeg("-i", source, *FORMATS[name], path)
    assert measured(aged(path))[1] == []
    written(path, path.read_bytes()[: path.stat().st_size * 3 // 5])
    seen, codes = measured(path)
    assert codes == ["sound.damaged"]
    lost_ms = float(str(seen.notices[0].params["lost_s"])) * 1000
    assert lost_ms + seen.duration_ms == pytest.approx(SECONDS * 1000, abs=120)
    assert lost_ms > 1500


@pytest.mark.parametrize("codec", ["libopus", "libvorbis", "flac"])
def test_an_ogg_that_breaks_off_is_told(tmp_path, source, codec):
    path = tmp_path / "a.ogg"
    ffmpeg("-i", source, "-c:a", codec, path)
    assert measured(aged(path))[1] == []
    written(path, path.read_bytes()[: path.stat().st_size * 3 // 5])
    assert measured(path)[1] == ["sound.breaks-off"]


def behind(name: bytes, length: int) -> bytes:
    return WHOLE + name + bytes(range(1, 256)) * (length // 255)


OUTDATED = {
    "told once a second": wav(VOICE, declared_bytes=RATE_HZ * 4),
    "in mid-sample": wav(VOICE, declared_bytes=RATE_HZ * 4 - 1001),
    "just before the end": wav(VOICE, declared_bytes=SOUND_BYTES - 9600),
}


@pytest.mark.parametrize("case", OUTDATED)
def test_a_header_that_was_never_brought_up_to_date_cuts_nothing_off(tmp_path, case):
    path = written(tmp_path / "a.wav", OUTDATED[case])
    seen, codes = measured(path)
    assert (seen.duration_ms, codes) == (SECONDS * 1000, ["sound.unclosed"])
    rendition = master(material(path), SoundSettings(), tmp_path / "cache", "a", silence)
    assert rendition.audio.duration_ms == SECONDS * 1000
    assert [notice.code for notice in rendition.notices] == codes


NO_SOUND = {
    "an odd byte": WHOLE + b"\0",
    "a list": behind(b"LIST\x00\x20\0\0", 8192),
    "a tag with a picture": behind(b"ID3\x03", 80_000),
    "zeros": WHOLE + bytes(200_000),
    "a little rubbish": behind(b"", 1000),
}


@pytest.mark.parametrize("case", NO_SOUND)
def test_what_other_programs_leave_behind_the_sound_is_not_heard(tmp_path, case):
    seen, codes = measured(written(tmp_path / "a.wav", NO_SOUND[case]))
    assert (seen.duration_ms, codes) == (SECONDS * 1000, [])


def test_an_rf64_that_was_never_closed_is_read_whole(tmp_path, source):
    path = tmp_path / "a.wav"
    ffmpeg("-i", source, "-rf64", "always", path)
    content = bytearray(path.read_bytes())
    sizes = content.index(b"ds64") + 8
    content[sizes : sizes + 24] = bytes(24)
    seen, codes = measured(written(path, bytes(content)))
    assert (seen.duration_ms, codes) == (SECONDS * 1000, [])


def test_a_length_that_went_once_around_the_counter_is_found_out(tmp_path):
    """Plain WAVs of more than 4 GB, as some recorders write them: the length modulo 2^32."""
    seconds, frame_bytes = 700, 16 * 8
    size = seconds * RATE_HZ * frame_bytes
    assert size > 1 << 32
    form = struct.pack("<HHIIHH", 3, 16, RATE_HZ, RATE_HZ * frame_bytes, frame_bytes, 64)
    head = struct.pack("<4sI4s4sI", b"RIFF", (size + 36) % (1 << 32), b"WAVE", b"fmt ", len(form))
    path = tmp_path / "a.wav"
    with path.open("wb") as out:
        out.write(head + form + struct.pack("<4sI", b"data", size % (1 << 32)))
        begin = out.tell()
        out.seek(begin + size % (1 << 32))
        out.write(sine(-6, 1, channels=16).T.astype("<f8").tobytes())
        out.truncate(begin + size)
    assert extent_of(path) == Extent(size % (1 << 32), size, is_open=True)
    path.unlink()


@pytest.mark.parametrize("name", FORMATS)
def test_what_may_still_grow_is_refused_until_it_has_been_left_alone(tmp_path, source, name):
    path = tmp_path / name
    ffmpeg("-i", source, *FORMATS[name], path)
    assert measured(path)[1] == []  # just made, and whole
    written(path, path.read_bytes()[: path.stat().st_size * 3 // 5])
    assert measured(path)[1] == ["sound.damaged"]
    for age_s in (1, 8):
        aged(path, age_s)
        with pytest.raises(SendeturmError) as caught:
            measure(path, "a")
        (found,) = caught.value.problems
        assert (found.code, found.params["age_s"]) == ("sound.still-written", age_s)
    aged(path, 12)
    assert measured(path)[1] == ["sound.damaged"]


ENDLESS = {
    "size 0": wav(VOICE, declared_bytes=0),
    "size unknown": wav(VOICE, declared_bytes=UNKNOWN_BYTES),
    "outdated": wav(VOICE, declared_bytes=RATE_HZ * 4),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_recording_whose_header_waits_for_its_end_is_refused_while_it_is_fresh(tmp_path, case):
    path = tmp_path / "a.wav"
    path.write_bytes(ENDLESS[case])
    with pytest.raises(SendeturmError, match=r"sound\.still-written"):
        measure(path, "a")
    assert measured(aged(path))[0].duration_ms == SECONDS * 1000


@pytest.mark.parametrize("length", range(0, 44, 3))
def test_a_header_cut_off_anywhere_is_read_without_a_fuss(tmp_path, length):
    path = tmp_path / "a.wav"
    for head in (WHOLE, b"RF64" + WHOLE[4:], b"RIFX" + WHOLE[4:], b"caff" + WHOLE, b"OggS" + WHOLE):
        path.write_bytes(head[:length])
        assert extent_of(path).present == 0


def test_headers_of_nonsense_end(tmp_path):
    path = tmp_path / "a"
    rng = np.random.default_rng(1)
    starts = (b"RIFF\0\0\0\0WAVE", b"RF64\0\0\0\0WAVE", b"caff\0\1\0\0", b"OggS")
    w64 = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0" + bytes(24)
    for start in (*starts, w64):
        for _ in range(50):
            path.write_bytes(start + rng.bytes(400))
            assert extent_of(path).present <= 500
        path.write_bytes(start + bytes(400))
        assert extent_of(path).present <= 500


def test_a_recording_that_knows_its_end_says_so(tmp_path, source):
    with open_recording(source, "a") as whole:
        list(whole.blocks(RATE_HZ, 1))
        assert whole.is_end_sure
    with open_recording(written(tmp_path / "a.wav", WHOLE[:-96_000]), "a") as short:
        list(short.blocks(RATE_HZ, 1))
        assert not short.is_end_sure
