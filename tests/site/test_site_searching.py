"""The index that the search in the browser reads."""

from __future__ import annotations

import json

from feedrecords import NOW, a_record, a_show
from sendeturm.model import Chapter, Cue
from sendeturm.site import render_site
from sendeturm.site.searching import EPISODES_KEY, folded, shard_key


def index_of(*records, cues=()):
    site = render_site(a_show(), records, {records[0].guid: cues} if records else {}, NOW)
    return {key: json.loads(p.body) for key, p in site.items() if key.endswith(".json")}


def places(index, word):
    return index.get(shard_key(word), {"words": {}})["words"].get(word)


def test_words_are_found_in_title_notes_and_transcript():
    cue = Cue(start_ms=0, end_ms=900, text="Der Türsteher schläft im Turm.")
    first = a_record(1, title="Der Turm", notes_text="Von Möwen und Masten.")
    chapters = (Chapter(start_ms=0, title="Gezeiten"),)
    first = first.model_copy(
        update={"facts": first.facts.model_copy(update={"chapters": chapters})}
    )
    index = index_of(first, a_record(2, title="Der Hafen"), cues=(cue,))
    assert places(index, "turm") == [0]  # the title counts, the transcript is known already
    assert places(index, "mowen") == [1]
    assert places(index, "gezeiten") == [1]
    assert places(index, "tursteher") == [2]
    assert places(index, "der") == [0, 4]
    assert [slug for slug, _, _ in index[EPISODES_KEY]["episodes"]] == ["turm-1", "turm-2"]


def test_all_files_are_of_one_edition_and_a_new_episode_is_another():
    before, after = index_of(a_record(1)), index_of(a_record(1), a_record(2))
    editions = [{file["edition"] for file in index.values()} for index in (before, after)]
    assert [len(edition) for edition in editions] == [1, 1]
    assert editions[0] != editions[1]


def test_words_are_compared_without_case_accents_and_sharp_s():
    assert folded("Straße ÉCOLE Ångström ﬁn Йод") == "strasse ecole angstrom fin иод"
    assert folded("हिन्दी") == "हनद"


def test_keys_are_ascii_whatever_the_script():
    index = index_of(a_record(1, title="Öl Радио 電波 مرحبا ½"))
    assert all(key.isascii() for key in index)
    assert places(index, "радио") == [0]
    assert places(index, "電波") == [0]


def test_a_show_without_episodes_can_be_searched_too():
    index = index_of()
    assert list(index) == [EPISODES_KEY]
    assert index[EPISODES_KEY]["episodes"] == []
