"""A show moves in from its old host: read its feed, bring its words and files, lose nothing.

Names are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sendeturm.late import late

if TYPE_CHECKING:
    from sendeturm.importing.bringing import Brought
    from sendeturm.importing.moving import Allowed, Found, MovedIn, find_show, move_in
    from sendeturm.importing.settling import Standing
    from sendeturm.importing.verifying import Followed, Hop, Verified, verify

__all__ = [
    "Allowed",
    "Brought",
    "Followed",
    "Found",
    "Hop",
    "MovedIn",
    "Standing",
    "Verified",
    "find_show",
    "move_in",
    "verify",
]

__getattr__ = late(
    __name__,
    {
        "Allowed": "moving",
        "Brought": "bringing",
        "Followed": "verifying",
        "Found": "moving",
        "Hop": "verifying",
        "MovedIn": "moving",
        "Standing": "settling",
        "Verified": "verifying",
        "find_show": "moving",
        "move_in": "moving",
        "verify": "verifying",
    },
)
