"""The rules about show and episodes, asked of a situation."""

from __future__ import annotations

from sendeturm.checks import check_config, check_episode, selected
from sendeturm.errors import Problem, Severity
from sendeturm.model import ImageFacts
from sendeturm.model.pictures import Pixels
from sendeturm.publish.situation import Situation


def check_show(situation: Situation) -> list[Problem]:
    """Return what is wrong with the show; an error among it stops the whole publication."""
    found = check_config(situation.config, situation.cover)
    return selected(found, situation.config.check)


def check_episodes(situation: Situation) -> list[Problem]:
    """Return what is wrong with single episodes; an error leaves that episode out."""
    found = [one for item in situation.wanted for one in check_episode(item.episode, item.file)]
    return selected(found, situation.config.check)


def pixels_of(published: ImageFacts) -> Pixels:
    """Return what a published cover measures: it was brought into form before it was put."""
    return Pixels(
        width_px=published.width_px,
        height_px=published.height_px,
        format="JPEG" if published.type == "image/jpeg" else "PNG",
        mode="RGB",
        size_bytes=published.size_bytes,
    )


def has_errors(problems: list[Problem]) -> bool:
    """Say whether any of the problems stops something."""
    return any(found.severity is Severity.ERROR for found in problems)
