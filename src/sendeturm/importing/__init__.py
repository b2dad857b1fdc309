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

__all__ = ["Allowed", "Brought", "Found", "MovedIn", "Standing", "find_show", "move_in"]

__getattr__ = late(
    __name__,
    {
        "Allowed": "moving",
        "Brought": "bringing",
        "Found": "moving",
        "MovedIn": "moving",
        "Standing": "settling",
        "find_show": "moving",
        "move_in": "moving",
    },
)
