"""Compression of responses with gzip, for clients that accept it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request

_SMALLEST = 1_024  # bytes; a smaller response fits into one packet anyway
_LEVEL = 5  # of 9; the next ones cost more time than they save bytes
_COMPRESSIBLE_PREFIX = "text/"
_COMPRESSIBLE_SUFFIXES = ("/json", "+json", "+xml", "/javascript")  # +xml: Atom, SVG, OpenSearch
_GZIP_WBITS = 31  # zlib's number for the gzip format with the widest window


def compress(response: Response) -> Response:
    """The response, compressed if the client accepts it and it saves something; a stream stays a stream."""
    if not _is_compressible(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or response.status_code == 206:
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _compressed_stream(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < _SMALLEST:
            return response
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # other bytes, the same content
    return response


def _is_compressible(response: Response) -> bool:
    media_type = response.mimetype or ""
    return (
        response.status_code not in (204, 304)
        and response.content_encoding is None
        and (media_type.startswith(_COMPRESSIBLE_PREFIX) or media_type.endswith(_COMPRESSIBLE_SUFFIXES))
    )


def _compressed_stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, wbits=_GZIP_WBITS)
    for chunk in chunks:
        yield compressor.compress(chunk) + compressor.flush(zlib.Z_SYNC_FLUSH)
    yield compressor.flush()
