"""The preview's own pages put beside the show's: recordings and results, to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sendeturm.errors import Problem, SendeturmError
from sendeturm.events import Listener, Progress, Stage
from sendeturm.i18n import word
from sendeturm.model import AudioFacts, Material, Record
from sendeturm.publish.media import material_of
from sendeturm.publish.places import cache_folder
from sendeturm.publish.records import read_show
from sendeturm.publish.situation import Situation
from sendeturm.publish.wanted import Wanted
from sendeturm.site.comparing import Comparison, State, Take, marking, render_comparisons
from sendeturm.site.marking import FOLDER, compared_key, versioned
from sendeturm.site.spots import WAVE_WIDTH
from sendeturm.store.protocol import ObjectMeta, Store

_WAVE_MIDDLE, _WAVE_REACH = 58.0, 38.0
_LIMIT_TOP, _LIMIT_REACH, _LIMIT_DB = 0.0, 14.0, 12.0
_PAGE = "/index.html"
_TRANSCRIPTS = "transcripts/"


@dataclass(frozen=True, slots=True)
class Heard:
    """An episode of the preview: its record, what was wanted, and what was odd or done.

    `is_bare` tells a recording that nobody has written notes for.
    """

    record: Record
    wanted: Wanted
    remarks: tuple[Problem, ...] = ()
    is_bare: bool = False


@dataclass
class Laid:
    """An episode laid beside its recordings: where those lie that its page plays, by key.

    `problems` are recordings that cannot be played beside what was made of them.
    """

    comparison: Comparison
    files: dict[str, tuple[Path, str]]
    problems: tuple[Problem, ...]


@dataclass
class Compared:
    """What can be listened to, by stem; `versions` tell each page's state from others, by key."""

    laid: dict[str, Laid] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, tuple[Path, str]]:
        """Return where all recordings lie that pages play, by key."""
        return {key: file for one in self.laid.values() for key, file in one.files.items()}

    @property
    def problems(self) -> list[Problem]:
        """Return what cannot be played."""
        return [problem for one in self.laid.values() for problem in one.problems]


def pages_of(record: Record) -> tuple[str, str]:
    """Return the keys of an episode's page and of the one that compares it."""
    return f"{record.facts.slug}{_PAGE}", compared_key(record.facts.slug)


def is_page(key: str) -> bool:
    """Tell what people look at from what the feed alone names: a transcript may be HTML, too."""
    return key.endswith(".html") and not key.startswith(_TRANSCRIPTS)


def put_comparisons(
    heard: Mapping[str, Heard],
    situation: Situation,
    store: Store,
    listen: Listener,
    language: str,
    *,
    known: Mapping[str, Laid],
) -> Compared:
    """Put the preview's own pages into its `store`, and mark the show's pages as previewed.

    `heard` are the episodes by stem, `known` those that were laid out before and are still so;
    `language` is that of the person here.
    """
    live = read_show(store)
    assert live is not None, "a preview that was built has a show"
    desk = _Desk(situation, listen, language)
    compared = Compared({s: known.get(s) or desk.laid(one) for s, one in heard.items()})
    shown = [
        replace(one.comparison, state=desk.state(heard[stem]))
        for stem, one in compared.laid.items()
    ]
    shown.sort(key=lambda one: one.record.facts.published_at, reverse=True)
    for key, page in render_comparisons(live.record, shown, language).items():
        meta = ObjectMeta(page.content_type, page.cache_control)
        compared.versions |= _put(store, key, page.body, meta)
    compared.versions |= _mark(store, shown, language)
    desk.forget_others(compared)
    return compared


def _put(store: Store, key: str, body: bytes, meta: ObjectMeta) -> dict[str, str]:
    """Put a page or an asset; return a page's version by its key."""
    if not is_page(key):
        store.put(key, body, meta)
        return {}
    body, version = versioned(body)
    store.put(key, body, meta)
    return {key: version}


def _mark(store: Store, compared: Sequence[Comparison], language: str) -> dict[str, str]:
    """Put the bar onto every page of the site; this store is the preview's own."""
    marks, versions = marking(compared, language), dict[str, str]()
    for listed in store.list_objects():
        if not is_page(listed.key) or listed.key.startswith(FOLDER):
            continue
        stored = store.get(listed.key)
        if stored is not None:
            body = marks.marked(listed.key, stored.body)
            versions |= _put(store, listed.key, body, stored.head.meta)
    return versions


class _Desk:
    """Where recordings are laid beside what was made of them."""

    def __init__(self, situation: Situation, listen: Listener, language: str) -> None:
        self._language = language
        self._listen = listen
        self._cache = cache_folder(situation.folder)
        self._now = situation.now

    def laid(self, heard: Heard) -> Laid:
        """Return an episode with its recordings, as far as a browser can play them."""
        from sendeturm.sound import seams_ms  # noqa: PLC0415  # the signal's libraries are heavy

        item, record = heard.wanted, heard.record
        files: dict[str, tuple[Path, str]] = {}
        takes: tuple[Take, ...] = ()
        problems: tuple[Problem, ...] = ()
        material = None
        try:
            material = material_of(item)
            takes = tuple(self._takes(material, record.facts.slug, item.episode.stem, files))
        except SendeturmError as error:
            problems = error.problems
        audio = record.audio
        joined = material is not None and not material.is_finished
        comparison = Comparison(
            record=record,
            takes=takes,
            wave=_wave(audio) if audio else "",
            limits=_limits(audio) if audio else "",
            joins_ms=seams_ms(audio.duration_ms, audio.sample_rate_hz) if joined and audio else (),
            is_in_parts=material is not None and material.layout == "parts",
            remarks=tuple(word(p.code, p.params, self._language).what for p in heard.remarks),
        )
        return Laid(comparison, files, problems)

    def forget_others(self, compared: Compared) -> None:
        """Remove copies of recordings that no page plays any more."""
        from sendeturm.sound import forget_others  # noqa: PLC0415  # the signal's libraries

        forget_others(self._cache, {path for path, _ in compared.files.values()})

    def state(self, heard: Heard) -> State:
        """Return what keeps an episode from being on the air now."""
        item = heard.wanted
        if heard.is_bare:
            return "waiting"
        if item.episode.front and item.episode.front.draft:
            return "draft"
        return "scheduled" if item.facts.published_at > self._now else ""

    def _takes(
        self, material: Material, slug: str, stem: str, files: dict[str, tuple[Path, str]]
    ) -> Iterator[Take]:
        """Yield the recordings, and note in `files` where they lie."""
        from sendeturm.sound import playable  # noqa: PLC0415  # the signal's libraries are heavy

        def reached(done_ms: int, total_ms: int) -> None:
            self._listen(Progress(stem, Stage.READ, done_ms, total_ms))

        start_ms = 0
        for number, file in enumerate(material.files, start=1):
            original = playable(file.path, file.file, file.sha256, self._cache, reached)
            key = f"{FOLDER}recordings/{slug}-{number}{original.path.suffix.lower()}"
            files[key] = (original.path, original.type)
            at_ms = file.starts_at_ms if material.layout == "tracks" else start_ms
            yield Take(key, file.file, at_ms, original.duration_ms)
            start_ms += original.duration_ms


def _wave(audio: AudioFacts) -> str:
    from sendeturm.pictures.plots import wave_outline  # noqa: PLC0415  # for previews only
    from sendeturm.pictures.svg import path_of  # noqa: PLC0415  # the same

    outline = wave_outline(audio.waveform, 0, WAVE_WIDTH, _WAVE_MIDDLE, _WAVE_REACH)
    return f"{path_of(outline)}Z" if outline else ""


def _limits(audio: AudioFacts) -> str:
    """Return marks that hang from the top where the limiter worked."""
    width = WAVE_WIDTH / max(1, len(audio.limited))
    marks = []
    for number, tenths in enumerate(audio.limited):
        if tenths:
            deep = 3 + _LIMIT_REACH * min(1.0, tenths / 10 / _LIMIT_DB)
            marks.append(
                f"M{number * width:.1f} {_LIMIT_TOP:.0f}h{width:.1f}v{deep:.1f}h-{width:.1f}z"
            )
    return "".join(marks)
