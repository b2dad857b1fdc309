"""Write src/sendeturm/schemas/ from the models: what editors know of settings and front matter.

Run by `make catalogue`; the schemas travel in the wheel and with the documentation.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sendeturm.model import Config, FrontMatter
from sendeturm.model.config import AS_IS

FOLDER = Path(__file__).resolve().parents[1] / "src" / "sendeturm" / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[Path, str]:
    """Return every schema's text by its path."""
    settings, front = _schema(Config), _schema(FrontMatter)
    sound = settings["properties"]["sound"]
    # The short forms: `sound = "as is"` for the whole show, and a licence's name alone.
    settings["properties"]["sound"] = {"anyOf": [sound, {"const": AS_IS}]}
    for schema in (settings, front):
        licence = schema["$defs"]["License"]
        schema["$defs"]["License"] = {"anyOf": [{"type": "string"}, licence]}
    # A moment may lack its zone where the show has one; JSON Schema's date-time may not.
    published_at = front["properties"]["published_at"]
    published_at["type"] = published_at.pop("anyOf")[0]["type"]
    return {
        FOLDER / "sendeturm.schema.json": _text("sendeturm.toml", settings),
        FOLDER / "front-matter.schema.json": _text("an episode's front matter", front),
    }


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return dict(_plain(model.model_json_schema(by_alias=True)))


def _plain(value: Any) -> Any:
    """Return a schema without titles made of keys and without null, which TOML does not have.

    As when settings are read, what stands in tables inside others must be known, too.
    """
    if isinstance(value, list):
        return [_plain(one) for one in value if one != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {k: _plain(v) for k, v in value.items() if not _is_noise(k, v)}
    if kept.get("additionalProperties") is True:
        kept["additionalProperties"] = False
    choice = kept.get("anyOf", [])
    return (
        {**choice[0], **{k: v for k, v in kept.items() if k != "anyOf"}}
        if len(choice) == 1
        else kept
    )


def _is_noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (
        key == "default" and value is not False and not value
    )


def _text(title: str, schema: dict[str, Any]) -> str:
    whole = {"$schema": DRAFT, "title": title, **schema}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the schemas."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
