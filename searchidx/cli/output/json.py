"""How is JSON written for a pipe, and for a terminal that happens to be there?"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from searchidx import escape_controls


def to_json(value: Mapping[str, object], *, indent: int | None = None) -> str:
    """The value as JSON: letters as they are where the output can write them, nothing that a terminal obeys."""
    writes_all = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not writes_all, indent=indent)
    return escape_controls(text)
