"""A person's colours and fonts as rules of a stylesheet."""

from __future__ import annotations

from sendeturm.model import Look

_COLOURS = {"colour": "--signal", "paper": "--paper", "ink": "--ink"}


def look_rules(look: Look) -> str:
    """Return the rules for what is set, empty if nothing is."""
    light = _colours(look, "") + _font(look)
    dark = _colours(look, "_dark")
    rules = f":root{{{light}}}\n" if light else ""
    if dark:
        rules += f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    return rules


def _colours(look: Look, suffix: str) -> str:
    values = {variable: getattr(look, name + suffix) for name, variable in _COLOURS.items()}
    return "".join(f"{variable}:{value};" for variable, value in values.items() if value)


def _font(look: Look) -> str:
    return f"--serif:{look.font};--sans:{look.font};" if look.font else ""
