"""Meters and decoders that share nothing with sendeturm: another FFmpeg, and pyloudnorm."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pyloudnorm
import scipy.signal


@dataclass(frozen=True)
class Reading:
    """What an independent meter says of a file."""

    integrated_lufs: float
    true_peak_dbtp: float


def ffmpeg(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the FFmpeg program; what it says is on stderr."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y"]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, check=True)


def ffmpeg_reads(path: Path) -> Reading:
    """Read a file with FFmpeg's ebur128, mono as two equal channels, to a thousandth."""
    chain = "ebur128=peak=true:dualmono=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    said = ffmpeg("-nostats", "-i", path, "-af", chain, "-f", "null", "/dev/null")
    loudness = re.findall(rb"lavfi\.r128\.I=(\S+)", said.stdout)[-1]
    peak = re.findall(rb"Peak:\s+(\S+) dBFS", said.stderr)[-1]
    return Reading(float(loudness), float(peak))


def decoded(path: Path, rate_hz: int, channels: int) -> npt.NDArray[np.float64]:
    """Decode a file with the FFmpeg program: shape (channels, length)."""
    form = ("-f", "f32le", "-ar", str(rate_hz), "-ac", str(channels), "-")
    said = ffmpeg("-v", "warning", "-i", path, *form)
    assert not said.stderr, said.stderr.decode()
    return np.frombuffer(said.stdout, "<f4").reshape(-1, channels).T.astype(float)


def pyloudnorm_lufs(samples: npt.NDArray[np.float64], rate_hz: int) -> float:
    """Read samples with pyloudnorm, mono as two equal channels."""
    heard = np.tile(samples, (2, 1)) if len(samples) == 1 else samples
    return float(pyloudnorm.Meter(rate_hz).integrated_loudness(heard.T))


def oversampled_dbtp(samples: npt.NDArray[np.float64]) -> float:
    """Read the true peak of samples with eightfold oversampling by SciPy."""
    finer = scipy.signal.resample_poly(samples, 8, 1, axis=1, window=("kaiser", 9.0))
    return float(20 * np.log10(max(np.abs(finer).max(), np.abs(samples).max(), 1e-12)))
