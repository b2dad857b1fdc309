"""The preview's own pages: each recording beside what will go out. Nothing of it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal

from sendeturm.i18n import figure
from sendeturm.model import AudioFacts, Cut, Record, ShowRecord
from sendeturm.site.figures import written_date
from sendeturm.site.layout import Layout
from sendeturm.site.marking import BAR, FOLDER, LIST, LIVE, Marking, bar, compared_key, own_key
from sendeturm.site.page import HTML, Page, packaged_asset
from sendeturm.site.render import policy
from sendeturm.site.spots import WAVE_WIDTH, cuts, seams, spot, spots
from sendeturm.site.views import Language
from sendeturm.site.words import direction, month_names, preview_words
from sendeturm.units import MS_PER_SECOND, clock_from_ms

State = Literal["", "draft", "scheduled", "waiting"]

_STYLE, _DECK, _SCRIPT = "style.css", "deck.css", "preview.js"


@dataclass(frozen=True, slots=True)
class Take:
    """An untouched recording: its key, its name, and where it lies in the recording's time."""

    key: str
    name: str
    starts_at_ms: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """An episode of the preview with its recordings; the same ones in a row are its parts.

    `wave` and `limits` are SVG path data in a box of 400 × 100: the waveform of what goes out,
    and where the limiter worked. `joins_ms` are seams of the encoding; `remarks` say, in the
    person's language, what was done to the sound and what was odd about it.
    """

    record: Record
    takes: tuple[Take, ...]
    state: State = ""
    wave: str = ""
    limits: str = ""
    joins_ms: tuple[int, ...] = ()
    is_in_parts: bool = False
    remarks: tuple[str, ...] = ()


def render_comparisons(
    show: ShowRecord, comparisons: Sequence[Comparison], language: str
) -> dict[str, Page]:
    """Return the preview's list and a page per episode, with their assets, by key.

    `language` is that of the person at this computer.
    """
    tongue = _tongue(language)
    words = tongue.words
    common = _common(show, tongue)
    views = [_view(comparison, tongue) for comparison in comparisons]
    shown = bar(words, {words["preview_site"]: "/index.html"})
    pages = {f"{FOLDER}index.html": _page("previews.html", common, bar=shown, episodes=views)}
    for view in views:
        own = f"/{view['slug']}/index.html"
        shown = bar(words, {words["preview_page"]: own, words["preview_all"]: LIST})
        pages[view["path"]] = _page("preview.html", common, bar=shown, episode=view)
    assets = (BAR, LIVE, _DECK, _SCRIPT)
    return pages | {own_key(name): packaged_asset(name).page for name in assets}


def marking(comparisons: Iterable[Comparison], language: str) -> Marking:
    """Return what marks the site's pages with the states of its episodes."""
    tongue = _tongue(language)
    states = {one.record.facts.slug: _state(one, tongue) for one in comparisons}
    return Marking(states, language)


def _tongue(language: str) -> Language:
    words = preview_words(language)
    return Language(language, direction(language), words, month_names(language))


def _common(show: ShowRecord, language: Language) -> dict[str, Any]:
    return {
        "policy": policy(),
        "language": language,
        "words": SimpleNamespace(**language.words),
        "title": show.facts.title,
        "cover": show.icon or show.cover,
        "style_key": packaged_asset(_STYLE).key,
        "bar_key": own_key(BAR),
        "deck_key": own_key(_DECK),
        "script_key": own_key(_SCRIPT),
        "live_key": own_key(LIVE),
        "wave_width": WAVE_WIDTH,
    }


def _page(name: str, common: dict[str, Any], **values: Any) -> Page:
    return Page(Layout().page(name, common | values), HTML, "no-cache")


def _view(comparison: Comparison, language: Language) -> dict[str, Any]:
    """Return what the templates show of an episode."""
    record = comparison.record
    audio = record.audio
    assert record.enclosure is not None
    assert audio is not None
    parts_ms = [t.starts_at_ms for t in comparison.takes] if comparison.is_in_parts else []
    return {
        "title": record.facts.title,
        "slug": record.facts.slug,
        "path": compared_key(record.facts.slug),
        "state": _state(comparison, language),
        "audio_key": record.enclosure.key,
        "seconds": f"{audio.duration_ms / MS_PER_SECOND:.1f}",
        "clock": clock_from_ms(audio.duration_ms),
        "cuts": [_seconds_of(cut) for cut in audio.timeline],
        "takes": [_take(take) for take in comparison.takes],
        "wave": comparison.wave,
        "limits": comparison.limits,
        "spots": spots(audio, parts_ms, language.words),
        "edits": cuts(audio),
        "joins": seams(audio, comparison.joins_ms),
        "chapters": [
            spot(c.title, c.start_ms, audio) for c in record.facts.chapters if not c.is_hidden
        ],
        "figures": _figures(audio, language),
        "limited_words": _limited_words(audio, language),
        "remarks": comparison.remarks,
    }


def _state(comparison: Comparison, language: Language) -> str:
    if not comparison.state:
        return ""
    at = comparison.record.facts.published_at
    day = written_date(at, language.words, language.months)
    return language.words[comparison.state].format(date=day, time=f"{at:%H:%M}")


def _take(take: Take) -> dict[str, str]:
    return {
        "key": take.key,
        "name": take.name,
        "start": f"{take.starts_at_ms / MS_PER_SECOND:.3f}",
        "seconds": f"{take.duration_ms / MS_PER_SECOND:.3f}",
    }


def _seconds_of(cut: Cut) -> list[float]:
    return [ms / MS_PER_SECOND for ms in (cut.start_ms, cut.end_ms, cut.at_ms)]


def _figures(audio: AudioFacts, language: Language) -> list[tuple[str, str, str]]:
    """Return rows of words, a figure before and one after."""
    before, after, words = audio.before, audio.after, language.words
    rows = [
        (words["preview_loudness"], before.integrated_lufs, after.integrated_lufs, "LUFS"),
        (words["preview_peak"], before.true_peak_dbtp, after.true_peak_dbtp, "dB"),
        (words["preview_range"], before.lra_lu, after.lra_lu, "LU"),
    ]
    if audio.voices_before and audio.voices_after:
        voices = (audio.voices_before.difference_lu, audio.voices_after.difference_lu)
        pauses = (audio.voices_before.floor_lufs, audio.voices_after.floor_lufs)
        rows += [
            (words["preview_voices"], *voices, "LU"),
            (words["preview_pauses"], *pauses, "LUFS"),
        ]
    return [
        (name, f"{_figure(then, language)} {unit}", f"{_figure(now, language)} {unit}")
        for name, then, now, unit in rows
    ]


def _limited_words(audio: AudioFacts, language: Language) -> str:
    if not audio.limited:
        return language.words["preview_unlimited"]
    most = _figure(max(audio.limited) / 10, language)
    return language.words["preview_limited_by"].format(most=most)


def _figure(value: float, language: Language) -> str:
    return figure(value, language=language.code)
