"""`sendeturm doctor`: the table, the JSON, the settings it writes, its exit codes."""

from __future__ import annotations

import json
import tomllib

import pytest

import servers


def test_a_folder_without_an_address(show, sendeturm):
    said = sendeturm("doctor")
    assert said.code == 0
    assert "✓  Writing     the folder can be written and read" in said.out
    assert 'set [storage] address = "https://…"' in said.out
    assert not (show.root / "public/feed.xml").exists()


def test_it_speaks_german(show, sendeturm):
    said = sendeturm("doctor", "--lang", "de")
    assert "der Ordner lässt sich beschreiben und lesen" in said.out


def test_quiet_says_only_what_must_be_mended(show, sendeturm):
    assert sendeturm("doctor", "--quiet").out == ""


def test_a_broken_address_ends_with_one(show, sendeturm):
    show.write_config(storage='address = "http://127.0.0.1:1/turm"')
    said = sendeturm("doctor", "--quiet")
    assert said.code == 1
    assert "✗  Listeners  http://127.0.0.1:1 does not answer" in said.out


@pytest.mark.slow
def test_settings_that_work_are_written_and_all_else_stays(show, sendeturm, seaweed, s3_keys):
    bucket = servers.make_bucket(seaweed.http, public=True)
    place = f"s3://{bucket}/turm"
    show.write_config(storage=f'place = "{place}"  # mine\nendpoint = "{seaweed.http.url}"\n# end')
    before = (show.root / "sendeturm.toml").read_text(encoding="utf-8")
    said = sendeturm("doctor", "--json")
    document = json.loads(said.out)
    address = f"{seaweed.http.url}/{bucket}/turm"
    assert (said.code, document["settings"]) == (0, {"address": address})
    assert document["capabilities"]["compare_and_swap"] == "quoted"
    assert document["written"] == {}
    assert (show.root / "sendeturm.toml").read_text(encoding="utf-8") == before
    said = sendeturm("doctor", "--fix")
    assert said.code == 0
    assert "Written into sendeturm.toml: address" in said.out
    after = (show.root / "sendeturm.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert tomllib.loads(after)["storage"]["address"] == address
    assert sendeturm("doctor", "--fix").code == 0
    assert (show.root / "sendeturm.toml").read_text(encoding="utf-8") == after


@pytest.mark.slow
def test_a_terminal_is_asked(show, at_terminal, seaweed, s3_keys):
    bucket = servers.make_bucket(seaweed.http, public=True)
    place = f"s3://{bucket}/turm"
    show.write_config(storage=f'place = "{place}"\nendpoint = "{seaweed.http.url}"')
    terminal = at_terminal(show.root, "doctor")
    terminal.until("Write them into sendeturm.toml? [Y/n]")
    terminal.type("n\n")
    assert terminal.end() == 0
    assert "address" not in (show.root / "sendeturm.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_another_way_to_name_the_bucket_is_found(show, sendeturm, rclone, s3_keys):
    """rclone knows buckets in paths only; that is tried and offered."""
    bucket = servers.make_bucket(rclone)
    endpoint = rclone.url.replace("127.0.0.1", "localhost")
    storage = f'place = "s3://{bucket}"\nendpoint = "{endpoint}"'
    show.write_config(storage=f'{storage}\naddressing_style = "virtual"')
    said = sendeturm("doctor")
    assert said.code == 1
    assert "✗  Bucket" in said.out
    assert sendeturm("doctor", "--fix").code == 0
    document = tomllib.loads((show.root / "sendeturm.toml").read_text(encoding="utf-8"))
    assert document["storage"]["addressing_style"] == "path"
