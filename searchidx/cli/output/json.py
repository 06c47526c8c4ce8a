"""How is JSON written for a pipe, and for a terminal that happens to be there?"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping

_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What JSON may hold bare, yet a terminal obeys (C1 controls, bidi), no reader sees, or UTF-8 cannot write."""


def to_json(value: Mapping[str, object], *, indent: int | None = None) -> str:
    """The value as JSON: letters as they are where the output can write them, nothing that a terminal obeys."""
    writes_all = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not writes_all, indent=indent)
    return _UNSAFE.sub(lambda char: f"\\u{ord(char[0]):04x}", text)
