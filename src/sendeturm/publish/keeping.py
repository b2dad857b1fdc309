"""What the store keeps of a person's settings, so that another computer can go on from it."""

from __future__ import annotations

from typing import Any

from sendeturm.model import Config

TABLES = ("show", "sound", "site", "check")
"""Of `sendeturm.toml`; where the show is stored each computer says for itself."""


def kept_settings(config: Config) -> dict[str, Any]:
    """Return the settings that were changed from their defaults, as JSON has them."""
    said = config.model_dump(
        mode="json", include=set(TABLES), exclude_defaults=True, exclude_none=True
    )
    return {table: values for table, values in said.items() if values}
