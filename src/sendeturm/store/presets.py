"""What is known of providers by name: enough to ask little. What they can do is probed.

Read in their documentation in 2026; docs/providers/ has a page for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Blank = Literal["account", "region", "endpoint"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider; `{account}`, `{region}`, `{endpoint}`, `{bucket}` stand for what is asked.

    `asks` says which of them a person must know, `example` shows a region or an endpoint.
    `address` is where a public bucket is read, empty if nobody can know it beforehand.
    """

    title: str
    endpoint: str
    asks: tuple[Blank, ...]
    address: str
    region: str = "{region}"
    example: str = ""


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
