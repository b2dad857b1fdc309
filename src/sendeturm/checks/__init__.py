"""Rules about shows, episodes and records, each with a code; pure.

Names are imported when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendeturm.checks.episode import check_episode
    from sendeturm.checks.records import check_records
    from sendeturm.checks.rules import RULES, Rule
    from sendeturm.checks.show import check_config, check_cover

__all__ = ["RULES", "Rule", "check_config", "check_cover", "check_episode", "check_records"]

_LATE = {
    "RULES": "rules",
    "Rule": "rules",
    "check_config": "show",
    "check_cover": "show",
    "check_episode": "episode",
    "check_records": "records",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _LATE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
