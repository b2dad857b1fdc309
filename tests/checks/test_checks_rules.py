"""The table of rules: each is worded, sourced and has a case that breaks it."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import rules as table
import spoiled
from feedrecords import a_record, a_show, audio, stored, with_chapters
from sendeturm.checks import (
    RULES,
    check_config,
    check_episode,
    check_published_cover,
    check_records,
    selected,
)
from sendeturm.errors import Problem, Severity
from sendeturm.feed import render_feed
from sendeturm.i18n import word
from sendeturm.i18n.wordings.checks import WORDINGS
from sendeturm.model import Chapter, CheckSettings, Config, Cue, Episode, FrontMatter, Loudness
from sendeturm.model.pictures import Pixels

GOOD_COVER = Pixels(width_px=3000, height_px=3000, format="JPEG", mode="RGB", size_bytes=400_000)
DATE = datetime(2026, 3, 1, tzinfo=UTC)


def on_config(storage: dict[str, Any] | None = None, **show: Any) -> list[Problem]:
    facts = {
        "id": "6f1b9a3e-0d6b-4a57-8f52-3d3f2b7f6c11",
        "title": "Turm",
        "description": "Gespräche",
        "language": "de",
        "author": "Änne",
    }
    storage = {"address": "https://example.org/show"} if storage is None else storage
    config = Config.model_validate({"show": facts | show, "storage": storage})
    return check_config(config, GOOD_COVER)


def on_cover(**pixels: Any) -> list[Problem]:
    config = Config.model_validate(
        {
            "show": {
                "id": "6f1b9a3e-0d6b-4a57-8f52-3d3f2b7f6c11",
                "title": "Turm",
                "description": "Gespräche",
                "language": "de",
                "author": "Änne",
                "cover": "bild.png",
            },
            "storage": {"address": "https://example.org/show"},
        }
    )
    return check_config(config, GOOD_COVER.model_copy(update=pixels) if pixels else None)


def in_feed(url: str = "https://example.org/c.jpg", **pixels: Any) -> list[Problem]:
    return list(check_published_cover(GOOD_COVER.model_copy(update=pixels), url))


def on_episode(
    title: str = "Der Turm",
    number: int | None = None,
    notes: str = "Kurz.",
    starts_ms: tuple[int, ...] = (0, 1000, 2000),
) -> list[Problem]:
    front = FrontMatter.model_construct(title=title, number=number)
    chapters = tuple(Chapter(start_ms=ms, title="Teil") for ms in starts_ms)
    episode = Episode.model_construct(
        stem="001", front=front, published_at=DATE, notes_markdown=notes, chapters=chapters
    )
    return check_episode(episode, "episodes/001.md")


def on_notes(notes: str) -> list[Problem]:
    return on_episode(notes=notes)


def on_chapter(**values: Any) -> list[Problem]:
    chapters = [Chapter(start_ms=ms, title="Teil") for ms in (0, 1000, 2000)]
    chapters[1] = Chapter(start_ms=1000, title="Mitte", **values)
    episode = Episode.model_construct(stem="001", chapters=tuple(chapters))
    return check_episode(episode, "episodes/001.md")


def on_cues(*cues: Cue) -> list[Problem]:
    path = Path("/turm/episodes/001.vtt")
    episode = Episode.model_construct(stem="001", transcript=path, cues=cues)
    return check_episode(episode, "episodes/001.md")


def heard(loudness_lufs: float = -16, peak_dbtp: float = -1.5, **facts: Any) -> list[Problem]:
    after = Loudness(integrated_lufs=loudness_lufs, true_peak_dbtp=peak_dbtp, lra_lu=4)
    return on_records(a_record(1, audio=audio().model_copy(update={"after": after, **facts})))


def on_records(*records: Any, show_type: str = "episodic") -> list[Problem]:
    return check_records(a_show(type=show_type), records)


def m4a(content_type: str) -> Any:
    return a_record(1, enclosure=stored("media/a-1.m4a", content_type))


@dataclass(frozen=True)
class Case:
    """A value that breaks a rule, its neighbour that does not, and where it must be told."""

    code: str
    breaks: Callable[[], list[Problem]]
    keeps: Callable[[], list[Problem]]
    key: str | None = None


CASES = [
    Case("SND101", on_cover, lambda: on_cover(width_px=3000)),
    Case(
        "SND102",
        lambda: on_cover(width_px=1399, height_px=1399),
        lambda: on_cover(width_px=1400, height_px=1400),
    ),
    Case("SND103", lambda: on_cover(width_px=2999), lambda: on_cover(height_px=3000)),
    Case("SND104", lambda: on_cover(format="WEBP"), lambda: on_cover(format="PNG")),
    Case("SND105", lambda: on_cover(mode="CMYK"), lambda: on_cover(mode="RGB")),
    Case(
        "SND106",
        lambda: on_cover(width_px=3001, height_px=3001),
        lambda: on_cover(width_px=3000, height_px=3000),
    ),
    Case("SND107", lambda: on_cover(size_bytes=500_001), lambda: on_cover(size_bytes=500_000)),
    Case("SND131", lambda: in_feed("https://e.org/c", format="WEBP"), in_feed),
    Case("SND132", lambda: in_feed(mode="CMYK"), lambda: in_feed(mode="RGB")),
    Case(
        "SND133",
        lambda: in_feed(width_px=3001, height_px=3001),
        lambda: in_feed(width_px=3000, height_px=3000),
    ),
    Case("SND134", lambda: in_feed(size_bytes=500_001), lambda: in_feed(size_bytes=500_000)),
    Case(
        "SND135",
        lambda: in_feed(format="PNG"),
        lambda: in_feed("https://example.org/c.PNG?v=2", format="PNG"),
    ),
    Case(
        "SND111",
        lambda: on_config(categories=("Arts > Books", "Arts > Cooking")),
        lambda: on_config(categories=("Arts > Books", "Arts", "TV & Film > TV Reviews")),
        "show.categories",
    ),
    Case(
        "SND112",
        lambda: on_config(description="ä" * 2001),
        lambda: on_config(description="ä" * 2000),
        "show.description",
    ),
    Case(
        "SND113",
        lambda: on_config(language="jp"),
        lambda: [*on_config(language="ja"), *on_config(language="gsw-CH")],
        "show.language",
    ),
    Case("SND121", lambda: on_config({}), on_config, "storage.address"),
    Case(
        "SND121",
        lambda: on_config({"address": "http://127.0.0.1:4242"}),
        lambda: on_config({"address": "https://128.0.0.1"}),
        "storage.address",
    ),
    Case(
        "SND122",
        lambda: on_config({"address": "http://example.org"}),
        lambda: on_config({"address": "https://example.org"}),
        "storage.address",
    ),
    Case(
        "SND123",
        lambda: on_config({"address": "https://türme.de/ö"}),
        lambda: on_config({"address": "https://xn--trme-0ra.de/%C3%B6"}),
        "storage.address",
    ),
    Case(
        "SND201",
        lambda: on_episode("Folge 7: Winter"),
        lambda: on_episode("7 Tage Winter", number=7),
        "title",
    ),
    Case("SND202", lambda: on_episode("Win\u0007ter"), lambda: on_episode("Wi\u0308nter"), "title"),
    Case(
        "SND203",
        lambda: on_episode("Ein <i>Turm</i>"),
        lambda: on_episode("3 < 5 & 7 > 2, R&B; Q&A"),
        "title",
    ),
    Case("SND204", lambda: on_episode(notes="ä" * 2001), lambda: on_episode(notes="ä" * 2000)),
    Case("SND211", lambda: on_episode(starts_ms=(0, 9)), lambda: on_episode(starts_ms=())),
    Case(
        "SND212", lambda: on_episode(starts_ms=(1, 2, 3)), lambda: on_episode(starts_ms=(0, 2, 3))
    ),
    Case("SND213", lambda: on_chapter(url="mehr.html"), lambda: on_chapter(url="https://e.org/a")),
    Case("SND213", lambda: on_chapter(image="/a.jpg"), lambda: on_chapter(image="https://e.org/a")),
    Case("SND213", lambda: on_chapter(image="x/a.jpg"), lambda: on_chapter(image="größe.png")),
    Case(
        "SND205",
        lambda: on_notes("Hier\n\n<iframe src='https://e.org/a'></iframe>"),
        lambda: on_notes("Hier `<iframe>` und\n\n```\n<script>\n```\n"),
    ),
    Case("SND206", lambda: on_notes("Ein <b>Turm"), lambda: on_notes("<b>Ein</b> <br> 3 < 5 > 2")),
    Case(
        "SND207",
        lambda: on_notes("Siehe [Seite](/mehr.html) und [noch eine](mehr.md)"),
        lambda: on_notes("[Seite](https://e.org/a_(b)) <https://e.org> <a@e.org> ![Bild](a.jpg)"),
    ),
    Case("SND208", lambda: on_notes("<blink>Da</blink>"), lambda: on_notes("<em>Da</em>")),
    Case(
        "SND221",
        lambda: on_cues(Cue(start_ms=0, end_ms=0, text="Ja")),
        lambda: on_cues(Cue(start_ms=0, end_ms=1, text="Ja")),
    ),
    Case(
        "SND222",
        lambda: on_cues(Cue(start_ms=0, end_ms=1, text="x" * 401)),
        lambda: on_cues(Cue(start_ms=0, end_ms=1, text="x" * 400)),
    ),
    Case("SND331", lambda: heard(-18.1), lambda: [*heard(-17), *heard(-15), *heard(-70)]),
    Case("SND332", lambda: heard(peak_dbtp=-0.9), lambda: heard(peak_dbtp=-1.0)),
    Case("SND333", lambda: heard(sample_rate_hz=22_050), lambda: heard(sample_rate_hz=48_000)),
    Case("SND334", lambda: heard(bitrate_kbps=64), lambda: heard(bitrate_kbps=64, channels=1)),
    Case("SND335", lambda: heard(duration_ms=0), lambda: heard(duration_ms=1)),
    Case(
        "SND301",
        lambda: on_records(a_record(1), a_record(2, guid=a_record(1).guid)),
        lambda: on_records(a_record(1), a_record(2)),
    ),
    Case(
        "SND302",
        lambda: on_records(a_record(1), a_record(2, enclosure=a_record(1).enclosure)),
        lambda: on_records(
            a_record(1), a_record(2, enclosure=a_record(1).enclosure, state="tombstone")
        ),
    ),
    Case(
        "SND303",
        lambda: on_records(a_record(1), a_record(2, slug="turm-1")),
        lambda: on_records(a_record(1), a_record(2, slug="turm-11")),
    ),
    Case(
        "SND304",
        lambda: on_records(a_record(1, guid=" a\u0000b")),
        lambda: on_records(a_record(1, guid="https://ä.de/?a=1&b=<2>")),
    ),
    Case(
        "SND311",
        lambda: on_records(a_record(1, enclosure=None)),
        lambda: on_records(a_record(1, enclosure=None, state="tombstone")),
    ),
    Case(
        "SND312",
        lambda: on_records(a_record(1, enclosure=stored("media/a.mp3", "audio/mpeg", 0))),
        lambda: on_records(a_record(1, enclosure=stored("media/a.mp3", "audio/mpeg", 1))),
    ),
    Case(
        "SND313",
        lambda: on_records(a_record(1, enclosure=stored("media/a.mp3", ""))),
        lambda: on_records(a_record(1, enclosure=stored("media/a.mp4", "video/mp4"))),
    ),
    Case("SND314", lambda: on_records(m4a("audio/mp4")), lambda: on_records(m4a("audio/x-m4a"))),
    Case(
        "SND315",
        lambda: on_records(with_chapters(a_record(1, audio=audio(60_000)), 0, 60_000)),
        lambda: on_records(with_chapters(a_record(1, audio=audio(60_000)), 0, 59_999)),
    ),
    Case(
        "SND321",
        lambda: on_records(a_record(1, title=" \u0007 ")),
        lambda: on_records(a_record(1, title="0")),
    ),
    Case(
        "SND322",
        lambda: on_records(a_record(1, number=None), show_type="serial"),
        lambda: on_records(a_record(1, number=None, type="trailer"), show_type="serial"),
    ),
    Case(
        "SND323",
        lambda: on_records(a_record(1, number=3), a_record(2, number=3)),
        lambda: on_records(a_record(1, number=3), a_record(2, number=3, season=2)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_tells_its_breach_and_nothing_else(case):
    (problem,) = case.breaks()
    assert problem.code == case.code
    assert problem.severity == RULES[case.code].severity
    assert problem.place.key == case.key
    worded = word(problem.code, problem.params, "en")
    assert "{" not in worded.what + worded.mend


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_is_silent_where_it_is_kept(case):
    assert case.keeps() == []


def test_every_rule_has_a_case_a_wording_and_a_source():
    of_feeds = {case.code for case in spoiled.SPOILED}  # broken one by one in test_checks_feed.py
    assert {case.code for case in CASES} | of_feeds == set(RULES)
    assert set(RULES) == {code for code in WORDINGS if code.startswith("SND")}
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.source.startswith("https://")
        assert rule.asked_by


def test_wordings_are_clauses_without_a_full_stop():
    for wording in WORDINGS.values():
        assert wording.what
        assert wording.mend
        assert not wording.what.endswith((".", "!"))
        assert [
            name for _, name, _, _ in string.Formatter().parse(wording.mend) if name == ""
        ] == []


def test_all_problems_come_at_once():
    problems = on_config({}, categories=("Kunst",), language="cz", description="x" * 4000)
    assert [problem.code for problem in problems] == ["SND111", "SND113", "SND121"]


def test_a_mended_cover_stops_nothing():
    problems = on_cover(format="WEBP", mode="CMYK", width_px=4000, height_px=4000, size_bytes=10**7)
    assert [problem.code for problem in problems] == ["SND104", "SND105", "SND106", "SND107"]
    assert {problem.severity for problem in problems} == {Severity.NOTE}
    assert {problem.place.file for problem in problems} == {"bild.png"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Society & Culture > Personal Journal", "Society & Culture > Personal Journals"),
        ("society & culture>personal journals", "Society & Culture > Personal Journals"),
        ("Personal Journals", "Society & Culture > Personal Journals"),
        ("Technologie", "Technology"),
        ("TV and Film", "TV & Film"),
        ("Games & Hobbies > Hobbies", "Leisure > Hobbies"),
        ("Science & Medicine > Medicine", "Health & Fitness > Medicine"),
        ("Literature", None),
    ],
)
def test_the_nearest_category_is_named(written, expected):
    (problem,) = on_config(categories=(written,))
    nearest = problem.params["nearest"]
    assert nearest == expected or (expected is None and nearest.startswith("Arts, Business, "))


@pytest.mark.parametrize(
    ("title", "number", "lead"),
    [
        ("Folge 7: Winter", None, 7),
        ("Episode 12 – Winter", 3, 12),
        ("#42 Antworten", None, 42),
        ("Ep. 3 Winter", None, 3),
        ("S02E05 Winter", None, 5),
        ("007 – Winter", None, 7),
        ("7. Winter", 7, 7),
        ("12 | Winter", None, 12),
        ("7. Winter", None, None),
        ("1. Advent", 48, None),
        ("1984 – ein Buch", None, None),
        ("1984 – ein Buch", 1984, 1984),
        ("24/7", 24, None),
        ("3.5 Grad", 3, None),
        ("99 Luftballons", 99, None),
        ("Episoden aus 12 Jahren", None, None),
        ("Epik 2", None, None),
        ("", None, None),
    ],
)
def test_a_number_before_the_title_is_told_from_one_within(title, number, lead):
    told = [p.params["number"] for p in on_episode(title, number) if p.code == "SND201"]
    assert told == ([] if lead is None else [lead])


def test_a_bare_recording_has_nothing_to_complain_about():
    assert check_episode(Episode(stem="007-winter"), "episodes/007-winter.wav") == []


def test_problems_of_records_name_title_and_identity():
    (problem,) = on_records(a_record(1), a_record(2, enclosure=None))
    assert problem.params["title"] == "Der Turm, Teil 2"
    assert problem.params["guid"] == a_record(2).guid


def test_records_without_errors_make_a_feed():
    records = [a_record(n) for n in range(1, 5)]
    assert check_records(a_show(), records) == []
    assert render_feed(a_show(), records, DATE)


def test_the_page_of_rules_is_up_to_date():
    assert table.PAGE.read_text(encoding="utf-8") == table.page()


def test_rules_are_left_out_and_raised():
    found = on_episode("Folge 7: Winter", notes="ä" * 2001, starts_ms=(1, 2, 3))
    assert [p.code for p in found] == ["SND201", "SND204", "SND212"]
    settings = CheckSettings.model_validate({"ignore": ["SND212"], "raise": ["SND204"]})
    assert [(p.code, str(p.severity)) for p in selected(found, settings)] == [
        ("SND201", "warning"),
        ("SND204", "error"),
    ]


def test_what_breaks_a_feed_cannot_be_left_out():
    free = {code for code, rule in RULES.items() if rule.can_be_ignored}
    assert {"SND101", "SND111", "SND201", "SND331", "SND436"} <= free
    assert not {"SND301", "SND312", "SND401", "SND505", "SND605"} & free
