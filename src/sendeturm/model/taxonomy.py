"""Roles of people who make podcasts, as apps know them.

Source: taxonomy.json of the podcast namespace.
"""

from __future__ import annotations

from difflib import get_close_matches

from pydantic_core import PydanticCustomError

GROUPS = {
    "cast": ("host, co-host, guest host, guest, voice actor, narrator, announcer, reporter"),
    "creative direction": (
        "director, assistant director, executive producer, senior producer, producer, "
        "associate producer, development producer, creative director"
    ),
    "writing": (
        "author, editorial director, co-writer, writer, songwriter, guest writer, story editor, "
        "managing editor, script editor, script coordinator, researcher, editor, fact checker, "
        "translator, transcriber, logger"
    ),
    "audio production": (
        "studio coordinator, technical director, technical manager, audio engineer, "
        "remote recording engineer, post production engineer"
    ),
    "audio post-production": (
        "audio editor, sound designer, foley artist, composer, theme music, music production, "
        "music contributor"
    ),
    "administration": (
        "production coordinator, booking coordinator, production assistant, content manager, "
        "marketing manager, sales representative, sales manager"
    ),
    "visuals": "graphic designer, cover art designer",
    "community": "social media manager",
    "misc.": "consultant, intern",
    "video production": "camera operator, lighting designer, camera grip, assistant camera",
    "video post-production": "editor, assistant editor",
}
"""The roles of each group; a role that two groups have belongs to the first unless told."""

ROLES = {role: group for group, roles in reversed(GROUPS.items()) for role in roles.split(", ")}
"""The group of each role."""

_SEVERAL = {"gast": "guest", "moderation": "host", "moderator": "host", "schnitt": "audio editor"}
"""What people write where the right word is not a near one."""


def known_role(role: str) -> str:
    """Return `role` if the taxonomy has it in any spelling of capitals; else a told error."""
    if role.casefold() not in ROLES:
        raise _unknown("sources.not-a-role", role, list(ROLES), "guest")
    return role


def known_group(group: str) -> str:
    """Return `group` if the taxonomy has it; else a told error."""
    if group.casefold() not in GROUPS:
        raise _unknown("sources.not-a-group", group, list(GROUPS), "cast")
    return group


def group_of(role: str) -> str | None:
    """Return the group that `role` belongs to, None if nobody knows the role."""
    return ROLES.get(role.casefold())


def _unknown(code: str, value: str, known: list[str], usual: str) -> PydanticCustomError:
    wished = value.casefold()
    near = [_SEVERAL[wished]] if wished in _SEVERAL else get_close_matches(wished, known, 1, 0.6)
    # The type is the problem's code; `sources.validation` words it.
    return PydanticCustomError(code, "not known", {"near": near[0] if near else usual})
