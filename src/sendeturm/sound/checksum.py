"""The checksum of LAME's tag: CRC-16, polynomial 0x8005 reflected, start 0 (CRC-16/ARC).

No library that is here anyway computes it, and byte by byte an hour of MP3 would take ten seconds:
so rows of a message are worked on side by side, and put together as sums (a CRC is linear).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Registers = npt.NDArray[np.uint16]

_POLYNOMIAL = 0xA001
_ROW_BYTES = 512
_BYTE = 0xFF


def crc16(message: bytes, crc: int = 0) -> int:
    """Return the checksum of `message`; `crc` is that of what comes before it."""
    rows = len(message) // _ROW_BYTES
    whole = np.frombuffer(message, np.uint8, rows * _ROW_BYTES).reshape(rows, _ROW_BYTES)
    low, high = _past_a_row()
    for row in _fed(np.zeros(rows, np.uint16), whole).tolist():
        crc = low[crc & _BYTE] ^ high[crc >> 8] ^ row
    table = _table().tolist()
    for byte in message[rows * _ROW_BYTES :]:
        crc = crc >> 8 ^ table[(crc ^ byte) & _BYTE]
    return int(crc)


def _fed(registers: Registers, rows: npt.NDArray[np.uint8]) -> Registers:
    """Return each register after the bytes of its row."""
    table = _table()
    for column in rows.T:
        registers = registers >> 8 ^ table[(registers ^ column) & _BYTE]
    return registers


@cache
def _table() -> Registers:
    registers: Registers = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        registers = (registers >> 1 ^ (registers & 1) * _POLYNOMIAL).astype(np.uint16)
    return registers


@cache
def _past_a_row() -> tuple[list[int], list[int]]:
    """Return what a register's low and high byte become while a row of zeros passes."""
    zeros = np.zeros((256, _ROW_BYTES), np.uint8)
    low = np.arange(256, dtype=np.uint16)
    high = (low << 8).astype(np.uint16)
    return _fed(low, zeros).tolist(), _fed(high, zeros).tolist()
