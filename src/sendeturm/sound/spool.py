"""Long rows of numbers kept on disk: hours of them would make memory grow with the length."""

from __future__ import annotations

import tempfile
import weakref
from typing import Any

import numpy as np
import numpy.typing as npt

from sendeturm.errors import fail


class Spool:
    """Takes numbers of one type in order and gives them back as one array, as often as asked."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        """Begin empty, in a temporary file that nobody else sees.

        Raises SendeturmError (`sound.no-room`) where there is no room for it, here and in `add`.
        """
        self._dtype = np.dtype(dtype)
        try:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # lives as long as this
        except OSError as error:
            raise _no_room(error) from error
        weakref.finalize(self, self._file.close)

    def add(self, values: npt.NDArray[Any]) -> None:
        """Append an array of any length."""
        left = memoryview(values.astype(self._dtype).tobytes())
        try:
            self._file.seek(0, 2)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise _no_room(error) from error

    def __len__(self) -> int:
        """Return how many numbers there are."""
        return self._file.seek(0, 2) // self._dtype.itemsize

    def read(self, part: slice = slice(0, None)) -> npt.NDArray[Any]:
        """Return all that was added, or a part of it (`part` has no step and counts from 0)."""
        first, last, _ = part.indices(len(self))
        self._file.seek(first * self._dtype.itemsize)
        return np.fromfile(self._file, self._dtype, max(0, last - first))


def _no_room(error: OSError) -> Exception:
    reason = error.strerror or str(error)
    return fail("sound.no-room", file=tempfile.gettempdir(), reason=reason)
