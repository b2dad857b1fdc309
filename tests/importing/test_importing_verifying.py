"""Every former address is followed hop by hop, and told in words."""

from __future__ import annotations

import json
import shutil

import pytest

import downloads
import shows
from sendeturm.cli.ending import run
from sendeturm.errors import SendeturmError
from sendeturm.i18n import use_language
from sendeturm.importing import verify
from sendeturm.sources import read_config, write_settings

DATE = "published_at = 2026-11-0{}T06:00:00+01:00"
FEED = "application/rss+xml"
STORAGE = 'address = "https://example.org/turm"'


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    made = shows.new_folder(tmp_path_factory.mktemp("turm"), storage=STORAGE)
    made.write_episode("001-eins", 'title = "Eins"\n' + DATE.format(1))
    made.write_episode("002-zwei", 'title = "Zwei"\n' + DATE.format(2))
    made.write_episode("003-wir", 'title = "Unter uns"\nprivate = true\n' + DATE.format(3))
    made.write_episode("004-bald", 'title = "Bald"\npublished_at = 2026-12-24')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        shows.published(made)
    return made


@pytest.fixture
def there():
    with downloads.host() as one:
        yield one


@pytest.fixture
def show(published, there, tmp_path):
    made = shows.Folder(shutil.copytree(published.root, tmp_path / "turm"))
    write_settings(made.root, "storage", {"address": f"{there.url}/new"})
    there.files["/new/feed.xml"] = downloads.HostedFile(feed_of(made), type=FEED)
    return made


def feed_of(show):
    return (show.root / "public/feed.xml").read_bytes()


def redirect(there, path, target, status=301):
    there.moved[path] = target
    there.moved_as[path] = status
    return f"{there.url}{path}"


def verified(show, *addresses):
    write_settings(show.root, "show", {"former_feeds": list(addresses)})
    return verify(show.root, read_config(show.root), shows.NOW)


def codes_of(found):
    return [problem.code for problem in found.all_problems]


def test_addresses_that_lead_here_for_good(show, there):
    new = f"{there.url}/new/feed.xml"
    redirect(there, "/second", "/new/feed.xml", 308)
    far = [redirect(there, "/first", "/second"), redirect(there, "/plain", new), new]
    found = verified(show, *far)
    assert codes_of(found) == []
    assert (found.new_feed, found.episodes) == (new, 2)
    ways = [[(hop.status, hop.is_for_good) for hop in one.hops] for one in found.former]
    assert ways == [[(301, True), (308, True)], [(301, True)], []]


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_redirect_for_now_only_is_told_apart(show, there, status):
    redirect(there, "/second", "/new/feed.xml", status)
    found = verified(show, redirect(there, "/first", "/second"))
    assert codes_of(found) == ["verifying.leads-for-now"]
    assert found.former[0].problem.params["url"] == f"{there.url}/second"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/still", "verifying.no-redirect"),
        ("/page", "verifying.no-feed-there"),
        ("/gone", "verifying.old-gone"),
        ("/to-gone", "verifying.old-gone"),
        ("/to-page", "verifying.leads-elsewhere"),
        ("/round", "web.leads-round"),
        ("/to-file", "web.leads-elsewhere"),
    ],
)
def test_an_address_that_leads_nobody_here(show, there, path, code):
    more = feed_of(show).replace(b"</guid>", b"x</guid>", 1)
    there.files["/still"] = downloads.HostedFile(more, type=FEED)
    there.files["/page"] = downloads.HostedFile(b"<html>moved!</html>", type="text/html")
    redirect(there, "/to-gone", "/gone")
    redirect(there, "/to-page", "/page")
    redirect(there, "/round", "/round")
    redirect(there, "/to-file", "file:///etc/passwd")
    good = redirect(there, "/good", "/new/feed.xml")
    found = verified(show, f"{there.url}{path}", good)
    assert codes_of(found) == [code]
    assert found.former[1].problem is None
    if path == "/still":
        assert found.former[0].problem.params["new"] == 1


def test_nobody_there_stops_no_other(show, there):
    found = verified(show, "http://127.0.0.1:1/feed", redirect(there, "/good", "/new/feed.xml"))
    assert codes_of(found) == ["web.unreachable"]
    assert found.former[1].problem is None


def test_episodes_that_the_new_feed_lacks_are_told(show, there):
    body = feed_of(show).replace(b"</guid>", b"x</guid>", 1)
    there.files["/new/feed.xml"] = downloads.HostedFile(body, type=FEED)
    found = verified(show, redirect(there, "/good", "/new/feed.xml"))
    assert codes_of(found) == ["verifying.lacks-episodes"]
    assert found.problems[0].params["titles"] == "Zwei"


def test_a_new_feed_that_does_not_answer(show, there):
    del there.files["/new/feed.xml"]
    good = redirect(there, "/good", "/new/feed.xml")
    assert codes_of(verified(show, good)) == ["web.refused"]


def test_without_former_addresses_or_a_new_one_there_is_nothing_to_verify(show):
    with pytest.raises(SendeturmError) as raised:
        verified(show)
    assert [p.code for p in raised.value.problems] == ["verifying.nothing-to-verify"]
    write_settings(show.root, "storage", {"address": None})
    with pytest.raises(SendeturmError) as raised:
        verified(show, "https://old.example/feed")
    assert [p.code for p in raised.value.problems] == ["verifying.no-new-address"]


@pytest.fixture
def program(show, monkeypatch, capsys):
    """Give the program in this process, standing in the show's folder."""
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    monkeypatch.chdir(show.root)

    def call(*words):
        code = run(words)
        said = capsys.readouterr()
        return int(code), said.out, said.err

    yield call
    use_language("en")


def test_the_program_says_where_each_address_leads(show, there, program):
    good = redirect(there, "/good", "/new/feed.xml")
    write_settings(show.root, "show", {"former_feeds": [good]})
    code, out, err = program("import", "--verify")
    assert (code, err) == (0, "")
    assert f"{there.url}/new/feed.xml answers, with 2 episodes." in out
    assert f"for good (301) to {there.url}/new/feed.xml" in out
    assert "leads here for good" in out
    assert program("--quiet", "import", "--verify") == (0, "", "")

    bad = redirect(there, "/bad", "/new/feed.xml", 302)
    write_settings(show.root, "show", {"former_feeds": [good, bad]})
    code, out, _ = program("import", "--verify")
    assert code == 1
    assert f"for now only (302) to {there.url}/new/feed.xml" in out
    assert "apps keep the old address" in out
    code, out, _ = program("--json", "import", "--verify")
    told = json.loads(out)
    assert (code, [one["leads_here"] for one in told["former"]]) == (1, [True, False])
    assert told["former"][1]["hops"][0]["status"] == 302
    assert told["former"][1]["problem"]["code"] == "verifying.leads-for-now"
    code, out, _ = program("--lang", "de", "import", "--verify")
    assert "leitet dauerhaft hierher" in out
    assert program("import")[0] == 2
    assert program("import", "--verify", "https://example.org/feed")[0] == 2
