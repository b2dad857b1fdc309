"""The two kinds of values in this room: what a person writes, what the bucket keeps."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Written(BaseModel):
    """Values from a person's file: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Kept(BaseModel):
    """Values in the bucket: unknown keys of newer minor versions survive a rewrite."""

    model_config = ConfigDict(frozen=True, extra="allow")
