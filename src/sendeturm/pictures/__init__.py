"""Covers measured, prepared and drawn; Pillow is imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sendeturm.pictures.values import Cover

if TYPE_CHECKING:
    from sendeturm.pictures.covers import prepare_cover, small_cover
    from sendeturm.pictures.drawing import draw_cover
    from sendeturm.pictures.opening import measure_picture

__all__ = ["Cover", "draw_cover", "measure_picture", "prepare_cover", "small_cover"]

_HOMES = {
    "draw_cover": "drawing",
    "measure_picture": "opening",
    "prepare_cover": "covers",
    "small_cover": "covers",
}


def __getattr__(name: str) -> Any:
    """Import what needs Pillow at first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415  # Pillow is not paid for at start

    return getattr(import_module(f"sendeturm.pictures.{_HOMES[name]}"), name)
