"""`ingest schema`: the contract as JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from extractors.contract import Dispatch

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def dispatch_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a dispatch as it leaves: every field is there."""
    made = Dispatch.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, **made}


def schema() -> None:
    """Print the JSON Schema of a dispatch."""
    print(json.dumps(dispatch_schema(), ensure_ascii=False, indent=2))
