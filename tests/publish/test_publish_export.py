"""An export has everything, verified; it goes on where it stopped and writes nothing twice."""

from __future__ import annotations

import hashlib
import io
import shutil
from dataclasses import replace

import podcastparser
import pytest

import servers
import shows
from sendeturm.errors import SendeturmError
from sendeturm.events import Progress, silence
from sendeturm.publish import Home, export, private_address, pull
from sendeturm.sources import read_config
from sendeturm.store import FolderStore, open_store
from shows import new_folder, place_of, published

DATE = "published_at = 2026-{}T06:00:00+01:00"
COMMAND = 'webspace = "web"\nwebspace_address = "https://example.org/w"'
NO_COMMAND = 'webspace_command = ["true", "secret-password"]  # carries'


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    made = new_folder(tmp_path_factory.mktemp("turm"), storage=shows.PUBLIC)
    made.write_episode("001-hügel", 'title = "Hügel"\n' + DATE.format("11-01"))
    made.write_episode("002-später", 'title = "Später"\n' + DATE.format("12-24"))
    made.write_episode("003-wir", 'title = "Unter uns"\nprivate = true\n' + DATE.format("11-02"))
    (made.root / "pages").mkdir()
    (made.root / "pages/über-uns.md").write_text("# Über uns\n\nWir.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
        published(made)
    return made


@pytest.fixture
def show(once, tmp_path, monkeypatch):
    monkeypatch.setenv("SENDETURM_NOW", shows.NOW.isoformat())
    return shows.Folder(shutil.copytree(once.root, tmp_path / "turm"))


def home_of(folder, **options):
    return Home(folder.root, read_config(folder.root), **options)


def exported(folder, target, store=None, home=None, listen=silence):
    return export(store or place_of(folder), target, home or home_of(folder), listen)


def files_in(folder):
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def states_of(folder):
    return {name: (p.stat().st_mtime_ns, p.read_bytes()) for name, p in files_in(folder).items()}


def published_in(folder):
    """Return the bodies of what is published, without what only a running store needs."""
    own = (".sendeturm/meta/", ".sendeturm/history/", ".sendeturm/lock~", "show/")
    return {n: p.read_bytes() for n, p in files_in(folder).items() if not n.startswith(own)}


def code_of(raised):
    return [problem.code for problem in raised.value.problems]


def test_everything_is_there_and_a_second_run_writes_nothing(show, tmp_path):
    target, heard = tmp_path / "out", []
    done = exported(show, target, listen=heard.append)
    assert published_in(target) == published_in(show.root / "public")
    assert (done.on_air, done.waiting, done.private) == (("Hügel",), ("Später",), ("Unter uns",))
    assert private_address(FolderStore(target, "")) == private_address(place_of(show))
    own = {name for name in files_in(target) if name.startswith("show/")}
    assert {"show/sendeturm.toml", "show/cover.jpg", "show/pages/über-uns.md"} <= own
    assert {f"show/episodes/{s}.md" for s in ("001-hügel", "002-später", "003-wir")} <= own
    assert not [name for name in own if name.endswith(".wav")]
    assert len(done.left) == 3
    last = [event for event in heard if isinstance(event, Progress)][-1]
    assert last.done == last.total == done.size_bytes
    before = states_of(target)
    again = exported(show, target)
    assert (again.copied, again.made, again.problems) == ((), (), ())
    assert states_of(target) == before


def test_it_goes_on_where_it_stopped_and_mends_what_was_damaged(show, tmp_path):
    target = tmp_path / "out"
    exported(show, target)
    media = next((target / "media").glob("huegel-*.mp3"))
    whole = media.read_bytes()
    media.write_bytes(whole[:1000])
    (target / "index.html").write_text("other")
    (target / "feed.xml").unlink()
    again = exported(show, target)
    assert set(again.copied) == {f"media/{media.name}", "index.html", "feed.xml"}
    assert media.read_bytes() == whole
    assert published_in(target) == published_in(show.root / "public")


def test_recordings_come_along_when_they_are_wanted(show, tmp_path):
    done = exported(show, tmp_path / "out", home=home_of(show, with_recordings=True))
    copy = tmp_path / "out/show/episodes/001-hügel.wav"
    assert copy.read_bytes() == (show.root / "episodes/001-hügel.wav").read_bytes()
    assert done.left == ()
    assert exported(show, tmp_path / "out", home=home_of(show, with_recordings=True)).made == ()


def test_settings_come_without_what_may_be_a_password(show, tmp_path):
    path = show.root / "sendeturm.toml"
    path.write_text(path.read_text() + f"\n{COMMAND}\n{NO_COMMAND}\n# stays\n", encoding="utf-8")
    exported(show, tmp_path / "out", store=FolderStore(show.root / "public", "public/"))
    copied = (tmp_path / "out/show/sendeturm.toml").read_text(encoding="utf-8")
    assert "secret-password" not in copied
    assert "# stays" in copied
    assert "https://example.org/w" in copied


def test_the_storage_alone_is_enough_and_makes_what_pull_makes(show, tmp_path):
    place = {"place": str(show.root / "public")}
    done = exported(show, tmp_path / "out", home=Home(storage=place))
    pull(place_of(show), tmp_path / "pulled", place)
    pulled = files_in(tmp_path / "pulled")
    assert {name: path.read_bytes() for name, path in pulled.items()} == {
        name: path.read_bytes() for name, path in files_in(tmp_path / "out/show").items()
    }
    assert done.left == ()
    assert done.problems == ()


class Losing(FolderStore):
    """A storage that gives other bytes than were put."""

    def download(self, key, path):
        head = super().download(key, path)
        if key.startswith("media/huegel"):
            path.write_bytes(path.read_bytes()[:-1] + b"!")
        return head


def test_what_is_not_as_it_was_stored_is_told_and_left_out(show, tmp_path):
    public = show.root / "public"
    next((public / "media").glob("spaeter-*.mp3")).unlink()
    done = exported(show, tmp_path / "out", store=Losing(public, "public/"))
    told = {problem.code: problem.place.file or "" for problem in done.problems}
    assert told.keys() == {"publish.not-as-stored", "publish.not-in-storage"}
    assert told["publish.not-in-storage"].startswith("media/spaeter-")
    assert len(list((tmp_path / "out/media").iterdir())) == 1
    assert not list((tmp_path / "out/.sendeturm").glob("drafts/*"))
    assert exported(show, tmp_path / "out").copied == (told["publish.not-as-stored"],)


class Busy(FolderStore):
    """A storage that somebody publishes to while it is read."""

    def meanwhile(self):
        """Do it once."""

    def download(self, key, path):
        if key.startswith("media/"):
            self.meanwhile()
            self.meanwhile = lambda: None
        return super().download(key, path)


def test_who_publishes_meanwhile_is_in_it_whole(show, tmp_path):
    store = Busy(show.root / "public", "public/")

    def publish():
        show.write_episode("004-neu", 'title = "Neu"\n' + DATE.format("11-05"))
        published(show)

    store.meanwhile = publish
    done = exported(show, tmp_path / "out", store=store)
    assert done.on_air == ("Hügel", "Neu")
    assert published_in(tmp_path / "out") == published_in(show.root / "public")


def test_a_full_disk_is_told_once_and_nothing_is_half_written(show, tmp_path, monkeypatch):
    import resource  # noqa: PLC0415  # no Windows has it

    public = published_in(show.root / "public")
    media = max(len(body) for body in public.values())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (media - 1, limits[1]))
    try:
        with pytest.raises(SendeturmError) as raised:
            exported(show, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code_of(raised) == ["store.disk-full"]
    there = published_in(tmp_path / "out")
    assert there.items() <= public.items()
    assert "feed.xml" not in there
    done = exported(show, tmp_path / "out")
    assert published_in(tmp_path / "out") == public
    assert there.keys().isdisjoint(done.copied)


@pytest.mark.parametrize("name", ["turm", "turm/episodes", "file", "turm/public/x", "other"])
def test_a_folder_that_is_no_export_stays_as_it_is(show, tmp_path, name):
    (tmp_path / "file").write_text("mine")
    before = states_of(tmp_path / "turm")
    if name == "other":
        exported(show, tmp_path / "other")
        body = (tmp_path / "other/.sendeturm/show.json").read_text()
        changed = body.replace(shows.SHOW_ID, "1" + shows.SHOW_ID[1:])
        (tmp_path / "other/.sendeturm/show.json").write_text(changed)
    with pytest.raises(SendeturmError) as raised:
        exported(show, tmp_path / name)
    assert code_of(raised)[0] in ("publish.not-an-export", "publish.export-in-storage")
    assert states_of(tmp_path / "turm") == before


@pytest.mark.slow
def test_a_bucket_is_exported_with_bytes_types_and_dates(show, tmp_path, seaweed, s3_keys):
    bucket = servers.make_bucket(seaweed.http)
    settings = read_config(show.root).storage
    change = {"place": f"s3://{bucket}/turm", "endpoint": seaweed.http.url}
    store = open_store(settings.model_copy(update=change), show.root)
    published(show, store)
    store.put("media/foreign.bin", b"not ours", replace(store.head("feed.xml").meta, metadata={}))
    done = exported(show, tmp_path / "out", store=store)
    copy = FolderStore(tmp_path / "out", "")
    assert "media/foreign.bin" not in done.keys
    for key in done.keys:
        there, here = store.get(key), copy.get(key)
        assert (here.body, here.head.meta) == (there.body, there.head.meta)
        assert here.head.meta.metadata["sha256"] == hashlib.sha256(there.body).hexdigest()
    feed = podcastparser.parse("x", io.BytesIO((tmp_path / "out/feed.xml").read_bytes()))
    assert [episode["title"] for episode in feed["episodes"]] == ["Hügel"]
    before = states_of(tmp_path / "out")
    exported(show, tmp_path / "out", store=store)
    assert states_of(tmp_path / "out") == before
