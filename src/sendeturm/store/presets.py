"""What is known of providers by name: enough to ask little. What they can do is probed.

Read in their documentation in 2026; docs/providers/ has a page for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Blank = Literal["account", "region", "endpoint"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider; `{account}`, `{region}`, `{endpoint}`, `{bucket}` stand for what is asked.

    `asks` says which of them a person must know, `example` shows a region or an endpoint.
    `address` is where a public bucket is read, empty if nobody can know it beforehand.
    `takes_domain` says whether it can be read under a domain of one's own.
    """

    title: str
    endpoint: str
    asks: tuple[Blank, ...]
    address: str
    region: str = "{region}"
    example: str = ""
    takes_domain: bool = True

    def shown(self, bucket: str = "my-bucket") -> str:
        """Return a bucket's address as the provider shows it."""
        template = self.address or f"{self.endpoint}/{{bucket}}"
        blanks = {"bucket": bucket, "account": "0123456789abcdef", "region": self.example}
        return template.format_map({**blanks, "endpoint": self.example})


PRESETS: dict[str, Preset] = {
    "aws": Preset(
        "Amazon S3",
        "",
        ("region",),
        "https://{bucket}.s3.{region}.amazonaws.com",
        example="eu-central-1",
    ),
    "r2": Preset(
        "Cloudflare R2",
        "https://{account}.r2.cloudflarestorage.com",
        ("account",),
        "",
        region="auto",
    ),
    "b2": Preset(
        "Backblaze B2",
        "https://s3.{region}.backblazeb2.com",
        ("region",),
        "https://{bucket}.s3.{region}.backblazeb2.com",
        example="eu-central-003",
    ),
    "hetzner": Preset(
        "Hetzner Object Storage",
        "https://{region}.your-objectstorage.com",
        ("region",),
        "https://{bucket}.{region}.your-objectstorage.com",
        example="fsn1",
        takes_domain=False,
    ),
    "minio": Preset(
        "MinIO",
        "{endpoint}",
        ("endpoint",),
        "{endpoint}/{bucket}",
        region="",
        example="https://minio.example.org",
    ),
    "wasabi": Preset(
        "Wasabi",
        "https://s3.{region}.wasabisys.com",
        ("region",),
        "https://s3.{region}.wasabisys.com/{bucket}",
        example="eu-central-1",
        takes_domain=False,
    ),
    "digitalocean": Preset(
        "DigitalOcean Spaces",
        "https://{region}.digitaloceanspaces.com",
        ("region",),
        "https://{bucket}.{region}.digitaloceanspaces.com",
        example="fra1",
    ),
    "scaleway": Preset(
        "Scaleway Object Storage",
        "https://s3.{region}.scw.cloud",
        ("region",),
        "https://{bucket}.s3.{region}.scw.cloud",
        example="fr-par",
    ),
    "ovh": Preset(
        "OVHcloud Object Storage",
        "https://s3.{region}.io.cloud.ovh.net",
        ("region",),
        "https://{bucket}.s3.{region}.io.cloud.ovh.net",
        example="gra",
        takes_domain=False,
    ),
}


def preset_settings(name: str, answers: dict[str, str]) -> dict[str, str]:
    """Return the settings of `[storage]` that follow from a preset and what was answered.

    `answers` holds `bucket` (perhaps with a prefix after a slash) and what the preset asks.
    """
    preset = PRESETS[name]
    place = answers["bucket"].removeprefix("s3://").strip("/")
    bucket, _, prefix = place.partition("/")
    blanks = {**answers, "bucket": bucket, "endpoint": answers.get("endpoint", "").rstrip("/")}
    address = preset.address.format_map(blanks)
    settings = {
        "place": f"s3://{place}",
        "endpoint": preset.endpoint.format_map(blanks),
        "region": preset.region.format_map(blanks),
        "address": f"{address}/{prefix}".rstrip("/") if address else "",
    }
    return {key: value for key, value in settings.items() if value}


AMAZON = "https://s3.{region}.amazonaws.com"
_BLANKS = {
    "bucket": r"(?P<bucket>[\w.-]+)",
    "region": r"(?P<region>[a-z0-9-]+)",
    "account": r"(?P<account>[0-9a-z]+(?:\.[a-z]+)?)",
}
OWN_SERVER = "minio"
"""The preset for any S3 storage whose address says it all."""


def bucket_answers(text: str) -> dict[str, str] | None:
    """Return what an address of a bucket says: the preset (`storage`) and what it asks for.

    Providers show such an address; it may end with a folder in the bucket. `s3://bucket` is
    Amazon's and gives a `place`. None if no bucket is named.
    """
    text = text.strip().rstrip("/")
    if text.lower().startswith("s3://"):
        return {"place": f"s3://{text[len('s3://') :]}"} if text[len("s3://") :] else None
    address = text if "://" in text else f"https://{text}"
    for name, preset in PRESETS.items():
        if name != OWN_SERVER and (found := _read(address, preset)):
            return {"storage": name, **found}
    return _own_server(address) if "." in text or "://" in text else None


def preset_called(text: str) -> Preset | None:
    """Return the provider that somebody calls by its name or the first word of it."""
    wanted = text.strip().lower()
    for name, preset in PRESETS.items():
        title = preset.title.lower()
        if wanted and wanted in (name, title, title.split()[0], title.split()[-1]):
            return preset
    return None


def _read(address: str, preset: Preset) -> dict[str, str] | None:
    endpoint = preset.endpoint or AMAZON
    for form in (f"{endpoint}/{{bucket}}", endpoint.replace("https://", "https://{bucket}.")):
        pattern = re.escape(form).replace(r"\{", "{").replace(r"\}", "}").format_map(_BLANKS)
        if found := re.fullmatch(pattern + r"(?P<folder>/.*)?", address, re.ASCII | re.IGNORECASE):
            blanks = found.groupdict()
            folder = blanks.pop("folder") or ""
            return {**blanks, "bucket": blanks["bucket"] + folder}
    return None


def _own_server(address: str) -> dict[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or not parts.path.strip("/"):
        return None
    endpoint = f"{parts.scheme}://{parts.netloc}"
    return {"storage": OWN_SERVER, "endpoint": endpoint, "bucket": parts.path.strip("/")}
