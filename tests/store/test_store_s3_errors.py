"""What goes wrong with buckets: one clear message each, and no secret in any of them."""

from __future__ import annotations

import socket
import string
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.auth
import pytest

import servers
from sendeturm.errors import Problem, SendeturmError
from sendeturm.i18n import word
from sendeturm.i18n.wordings.store import WORDINGS
from sendeturm.store import ObjectMeta, s3_client, s3_errors
from sendeturm.store.s3 import S3Store

pytestmark = pytest.mark.slow

TEXT = ObjectMeta("text/plain")
WRONG_SECRET = "geheim-planted-K9x"


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch):
    monkeypatch.setattr(s3_client, "ATTEMPTS", 1)


def calls(store: S3Store, tmp_path) -> dict[str, Callable[[], object]]:
    (tmp_path / "one.mp3").write_bytes(b"x")
    return {
        "list": store.list_objects,
        "head": lambda: store.head("a"),
        "get": lambda: store.get("a"),
        "put": lambda: store.put("a", b"x", TEXT),
        "put file": lambda: store.put("a", tmp_path / "one.mp3", TEXT),
        "delete": lambda: store.delete("a"),
    }


def with_big_file(store: S3Store, tmp_path) -> dict[str, Callable[[], object]]:
    """Return the calls and one more, which sends a file in parts."""
    (tmp_path / "big.mp3").write_bytes(bytes(17 << 20))
    big = partial(store.put, "a", tmp_path / "big.mp3", TEXT)
    return calls(store, tmp_path) | {"put big file": big}


def problem_of(store: S3Store, call: Callable[[], object]) -> Problem:
    """Return the one problem of a call, after looking for secrets in all that is told."""
    with pytest.raises(SendeturmError) as caught:
        call()
    (problem,) = caught.value.problems
    worded = word(problem.code, problem.params)
    assert worded.what
    assert worded.mend
    trace = "".join(traceback.format_exception(caught.value))
    told = f"{worded} {problem} {caught.value!r} {store!r} {vars(store)} {trace}"
    for secret in (servers.SECRET_KEY, WRONG_SECRET):
        assert secret not in told
    assert "botocore" not in trace
    return problem


def codes_of(store: S3Store, tmp_path) -> set[str]:
    return {problem_of(store, call).code for call in with_big_file(store, tmp_path).values()}


def nobodys_port() -> str:
    return f"http://127.0.0.1:{servers.free_port()}"


def test_no_keys(tmp_path):
    assert codes_of(S3Store("bucket", endpoint=nobodys_port()), tmp_path) == {
        "store.no-credentials"
    }


def test_half_of_the_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", servers.ACCESS_KEY)
    assert codes_of(S3Store("bucket", endpoint=nobodys_port()), tmp_path) == {
        "store.half-credentials"
    }


def test_keys_with_a_line_break(tmp_path, monkeypatch, s3_keys):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", servers.ACCESS_KEY + "\n")
    store = S3Store("bucket", endpoint=nobodys_port())
    assert problem_of(store, store.list_objects).code == "store.odd-keys"


def test_a_profile_that_is_not_there(s3_keys):
    store = S3Store("bucket", endpoint=nobodys_port(), profile="turmfunk")
    problem = problem_of(store, store.list_objects)
    assert problem.code == "store.no-profile"
    assert "[turmfunk]" in word(problem.code, problem.params).mend


def test_keys_from_a_profile(tmp_path, monkeypatch):
    credentials = tmp_path / "credentials"
    credentials.write_text(
        f"[turmfunk]\naws_access_key_id = {servers.ACCESS_KEY}\n"
        f"aws_secret_access_key = {WRONG_SECRET}\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
    store = S3Store("bucket", endpoint=nobodys_port(), profile="turmfunk")
    assert problem_of(store, store.list_objects).code == "store.endpoint-silent"
    credentials.write_text("[turmfunk\naws_secret_access_key = " + WRONG_SECRET)
    store = S3Store("bucket", endpoint=nobodys_port(), profile="turmfunk")
    assert problem_of(store, store.list_objects).code == "store.broken-aws-file"


def test_nobody_at_that_port(tmp_path, s3_keys):
    endpoint = nobodys_port()
    store = S3Store("bucket", endpoint=endpoint)
    assert codes_of(store, tmp_path) == {"store.endpoint-silent"}
    problem = problem_of(store, store.list_objects)
    assert word(problem.code, problem.params).what == f"{endpoint} does not answer"


def test_no_such_server(s3_keys):
    store = S3Store("bucket", endpoint="http://s3.turmfunk.invalid:9000")
    assert problem_of(store, store.list_objects).code == "store.unknown-endpoint"


def test_the_environments_endpoint_counts(monkeypatch, s3_keys):
    endpoint = nobodys_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    store = S3Store("bucket")
    assert problem_of(store, store.list_objects).params["endpoint"] == endpoint
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"nonsense {WRONG_SECRET}")
    store = S3Store("bucket")
    assert problem_of(store, store.list_objects).code == "store.bad-endpoint"


def test_a_region_that_cannot_be(s3_keys):
    store = S3Store("bucket", endpoint=nobodys_port(), region="eu central")
    assert problem_of(store, store.list_objects).code == "store.bad-region"


def test_wrong_secret(seaweed, tmp_path, monkeypatch, s3_keys):
    bucket = servers.make_bucket(seaweed.http)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", WRONG_SECRET)
    store = S3Store(bucket, endpoint=seaweed.http.url)
    assert codes_of(store, tmp_path) == {"store.wrong-secret"}


def test_wrong_access_key(seaweed, tmp_path, monkeypatch, s3_keys):
    bucket = servers.make_bucket(seaweed.http)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKNOBODY")
    store = S3Store(bucket, endpoint=seaweed.http.url)
    assert codes_of(store, tmp_path) == {"store.wrong-access-key"}


@pytest.mark.parametrize("server", ["seaweed", "moto"])
def test_missing_bucket(request, tmp_path, s3_keys, server):
    found = request.getfixturevalue(server)
    endpoint = found.http if server == "seaweed" else found
    for name, call in with_big_file(
        S3Store("nobodys-bucket", endpoint=endpoint.url), tmp_path
    ).items():
        store = S3Store("nobodys-bucket", endpoint=endpoint.url)
        assert problem_of(store, call).code == "store.no-bucket", name


def test_untrusted_certificate(seaweed, s3_keys):
    store = S3Store("bucket", endpoint=seaweed.tls.url)
    assert problem_of(store, store.list_objects).code == "store.untrusted-certificate"


def test_https_where_there_is_none(seaweed, s3_keys):
    store = S3Store("bucket", endpoint=seaweed.http.url.replace("http:", "https:"))
    assert problem_of(store, store.list_objects).code == "store.no-https"


def test_a_clock_an_hour_off(seaweed, tmp_path, monkeypatch, s3_keys):
    bucket = servers.make_bucket(seaweed.http)
    wrong = datetime.now(UTC) - timedelta(hours=1)
    monkeypatch.setattr(
        botocore.auth,
        "get_current_datetime",
        lambda remove_tzinfo=True: wrong.replace(tzinfo=None) if remove_tzinfo else wrong,
    )
    monkeypatch.setattr(s3_errors, "_now", lambda: wrong)
    store = S3Store(bucket, endpoint=seaweed.http.url)
    for name, call in calls(store, tmp_path).items():
        problem = problem_of(store, call)
        assert problem.code == "store.clock-wrong", name
        assert 58 <= problem.params["minutes"] <= 62


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """Run a server that has one answer to everything; yield its address."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # or boto3 waits a second before every body

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815  # http.server's

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def error_body(code: str, message: str = "", more: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?><Error><Code>{code}</Code>"
        f"<Message>{message}{WRONG_SECRET}</Message>{more}</Error>"
    ).encode()


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (403, error_body("AccessDenied"), "store.not-allowed"),
        (403, error_body("AccessDenied", "storage cap exceeded "), "store.bucket-full"),
        (403, error_body("QuotaExceeded"), "store.bucket-full"),
        (507, error_body("InsufficientStorage"), "store.bucket-full"),
        (507, b"", "store.bucket-full"),
        (403, b"", "store.not-allowed"),
        (503, error_body("SlowDown"), "store.busy"),
        (500, b"oops", "store.busy"),
        (400, error_body("AuthorizationHeaderMalformed"), "store.wrong-region"),
        (400, error_body("BadDigest"), "store.damaged-on-the-way"),
        (400, error_body("ExpiredToken"), "store.expired-keys"),
        (418, error_body("ImATeapot"), "store.refused"),
        (400, error_body(f"odd {WRONG_SECRET}"), "store.refused"),
    ],
)
def test_what_a_store_answers(tmp_path, s3_keys, status, body, code):
    with answering(status, body) as endpoint:
        store = S3Store("bucket", endpoint=endpoint)
        for name, call in calls(store, tmp_path).items():
            assert problem_of(store, call).code == code, name


def test_the_right_region_is_named(s3_keys):
    body = error_body("AuthorizationHeaderMalformed", more="<Region>eu-central-1</Region>")
    with answering(400, body) as endpoint:
        store = S3Store("bucket", endpoint=endpoint)
        for call in (store.list_objects, lambda: store.head("a")):
            problem = problem_of(store, call)
            assert problem.params["region"] == "eu-central-1"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<!doctype html><p>Welcome to the captive portal<br>"),
        (200, b"<html><body>well-formed</body></html>"),
        (200, b""),
        (404, b"<!doctype html><p>not S3<br>"),
    ],
)
def test_a_website_is_no_store(tmp_path, s3_keys, status, body):
    with answering(status, body, Content_Type="text/html") as endpoint:
        store = S3Store("bucket", endpoint=endpoint)
        for call in (store.list_objects, lambda: store.put("a", b"x", TEXT)):
            assert problem_of(store, call).code == "store.not-s3"


def test_what_arrives_differently_is_noticed(tmp_path, s3_keys):
    (tmp_path / "one.mp3").write_bytes(b"sound")
    with answering(200, b"", ETag='"e"', Last_Modified="Fri, 20 Nov 2026 05:00:00 GMT") as endpoint:
        store = S3Store("bucket", endpoint=endpoint)
        problem = problem_of(store, lambda: store.put("one.mp3", tmp_path / "one.mp3", TEXT))
    assert problem.code == "store.upload-differs"


def test_a_file_that_grows_while_it_is_sent_is_noticed(tmp_path, s3_keys):
    recording = tmp_path / "one.mp3"
    recording.write_bytes(b"sound")

    def grow(_done: int) -> None:
        with recording.open("ab") as file:
            file.write(b"more")

    with answering(200, b"", ETag='"e"') as endpoint:
        store = S3Store("bucket", endpoint=endpoint)
        problem = problem_of(store, lambda: store.put("a", recording, TEXT, grow))
    assert problem.code == "store.file-changed"


def test_a_connection_that_breaks_off(s3_keys, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def hang_up() -> None:
            while not ended.is_set():
                connection, _ = listener.accept()
                connection.close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        store = S3Store("bucket", endpoint=f"http://127.0.0.1:{listener.getsockname()[1]}")
        codes = codes_of(store, tmp_path)
        ended.set()
        socket.create_connection(listener.getsockname()).close()
        thread.join()
    assert codes == {"store.endpoint-stalled"}


def test_an_endpoint_that_stalls(monkeypatch, s3_keys):
    monkeypatch.setattr(s3_client, "READ_TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        store = S3Store("bucket", endpoint=f"http://127.0.0.1:{listener.getsockname()[1]}")
        assert problem_of(store, store.list_objects).code == "store.endpoint-stalled"


ANSWERED = {"place", "bucket", "name", "code", "region", "minutes"}
RAISED = {"place", "bucket", "name", "endpoint", "reason", "profile"}


@pytest.mark.parametrize(
    ("codes", "known"),
    [
        (set(s3_errors._BY_CODE.values()) | {"store.refused"}, ANSWERED),
        (
            {code for _, code in s3_errors._BY_CLASS}
            | {"store.untrusted-certificate", "store.no-https", "store.odd-keys"}
            | {"store.unknown-endpoint", "store.endpoint-silent", "store.connection-failed"},
            RAISED,
        ),
    ],
)
def test_every_message_can_be_filled(codes, known):
    for code in codes:
        wording = WORDINGS[code]
        for template in (wording.what, wording.mend):
            fields = {field for _, field, _, _ in string.Formatter().parse(template) if field}
            assert fields <= known, code
