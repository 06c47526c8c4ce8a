"""Explanation: an engine query as JSON, for people and programs to read."""

from __future__ import annotations

import datetime as dt

from searchidx.engines.query import (
    All,
    Bool,
    Constant,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)

JsonObject = dict[str, object]


def query_json(query: EngineQuery) -> JsonObject:
    """An engine query as JSON: `{"term": {"field": …}}`, without empty parts."""
    match query:
        case Term():
            return {"term": {"field": query.field, "term": query.term, "boost": query.boost}}
        case Phrase():
            terms = list(query.terms)
            return {"phrase": {"field": query.field, "terms": terms, "slop": query.slop, "boost": query.boost}}
        case Bool():
            parts = {
                "must": query.must,
                "should": query.should,
                "must_not": query.must_not,
                "filter": query.filter,
            }
            children: JsonObject = {
                name: [query_json(each) for each in part] for name, part in parts.items() if part
            }
            if query.minimum_should:
                children["minimum_should"] = query.minimum_should
            return {"bool": children}
        case DisMax():
            return {"dis_max": [query_json(each) for each in query.queries]}
        case Constant():
            return {"constant": {"score": query.score, "query": query_json(query.query)}}
        case Keyword():
            return {"keyword": {"field": query.field, "values": list(query.values)}}
        case DateRange():
            return {"date": {"first": _iso(query.first), "last": _iso(query.last)}}
        case All():
            return {"all": {}}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
