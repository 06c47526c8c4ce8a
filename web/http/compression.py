"""How do long answers become short ones on the wire? With gzip, for those who take it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request

_LEAST = 1_024  # bytes; below this a packet is a packet
_LEVEL = 5  # of 9; the next ones cost more time than they save bytes
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")
_COMPRESSIBLE_ENDS = ("+xml", "+json", "/javascript")
_GZIP = 31  # zlib's word for gzip with the widest window


def compress(response: Response) -> Response:
    """The answer, compressed if that is worth it and wanted; streamed answers stay streams."""
    if not _could_be(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or response.status_code == 206:
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _stream(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < _LEAST:
            return response
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # other bytes, the same content
    return response


def _could_be(response: Response) -> bool:
    kind = response.mimetype or ""
    return (
        response.status_code not in (204, 304)
        and response.content_encoding is None
        and (kind.startswith(_COMPRESSIBLE) or kind.endswith(_COMPRESSIBLE_ENDS))
    )


def _stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for chunk in chunks:
        yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
