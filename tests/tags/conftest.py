from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest


@pytest.fixture(scope="session")
def sound():
    """Three seconds of a tone as an MP3 without tags, its Info frame first."""
    tone = (np.sin(np.arange(72_000) * 0.1) * 8000).astype("<i2")
    frame = av.AudioFrame.from_ndarray(tone[None, :], format="s16", layout="mono")
    frame.sample_rate = 24_000
    written = io.BytesIO()
    with av.open(written, "w", format="mp3", options={"id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=24_000, layout="mono")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written.getvalue()


@pytest.fixture
def mp3(sound, tmp_path) -> Path:
    path = tmp_path / "folge.mp3"
    path.write_bytes(sound)
    return path
