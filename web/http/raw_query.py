"""What if an address holds bytes that no address may hold? They are read as if they were percent-encoded."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Flask, request

_ALLOWED = "!$&'()*+,/:;=?@%"  # beside letters, digits and -._~


def read_any_address(part: Flask | Blueprint) -> None:
    """Encode what stands raw in the query of an address, before Werkzeug takes it for UTF-8 and fails."""

    @part.before_request
    def encode() -> None:
        request.query_string = quote(request.query_string, safe=_ALLOWED).encode("ascii")
