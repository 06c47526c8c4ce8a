"""Load test of `searchidx serve`: `python -m tests.benchmarks.web_load --index LOCATION`.

The server runs as a process of its own. Several clients at once request `/api/v1/search`, each the next query as
soon as it has a response. Queries are sampled from the index: words that few, some and many documents have, two
words of one paragraph, and phrases. Then the same queries are searched in this process, with `Index.search` and
through the test client of the web application; the difference of the times is the share of the web application.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from searchidx.index import Index
from searchidx.store.connection import Connection
from tests.benchmarks.timing_support import print_percentiles, timed
from web import create_app

_KINDS = ("rare word", "word", "frequent word", "two words", "phrase")
_QUERIES_PER_KIND = 200
_word = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class SampledQuery:
    """A query and its kind."""

    kind: str  # one of `_KINDS`
    text: str


def sample_queries(location: Path, rng: random.Random) -> list[SampledQuery]:
    """Queries of all kinds, shuffled; a kind is missing when the index has no such word."""
    connection = Connection(location / "store.sqlite", writable=False)
    documents = connection.number("SELECT count(*) FROM documents WHERE removed = 0")
    document_counts = {
        "rare word": (1, max(1, documents // 1_000)),
        "word": (max(2, documents // 1_000), max(2, documents // 50)),
        "frequent word": (max(2, documents // 50), documents),
    }
    forms = "SELECT form FROM lexicon WHERE documents BETWEEN ? AND ? AND length(form) > 2"
    queries = [
        SampledQuery(kind, form)
        for kind, bounds in document_counts.items()
        for form in _sample(connection.column(forms, bounds), _QUERIES_PER_KIND, rng)
    ]
    last = connection.number("SELECT max(row) FROM paragraphs")
    rows = [rng.randint(1, last) for _ in range(4 * _QUERIES_PER_KIND)]
    texts = [text for (text,) in connection.select_in("SELECT text FROM paragraphs WHERE row IN", rows)]
    connection.close()
    for text in texts:
        words = _word.findall(text)
        if len(words) > 5:
            start = rng.randrange(len(words) - 3)
            phrase = " ".join(words[start : start + rng.randint(2, 3)])
            queries.append(SampledQuery("two words", " ".join(rng.sample(words, 2))))
            queries.append(SampledQuery("phrase", f'"{phrase}"'))
    rng.shuffle(queries)
    return queries


def _sample(values: list[str], count: int, rng: random.Random) -> list[str]:
    return rng.sample(values, min(count, len(values)))


def search_path(query: str) -> str:
    return f"/api/v1/search?{urlencode({'q': query})}"


class Load:
    """Clients that send queries for a time, with the times and failures of the responses."""

    def __init__(self, port: int, queries: list[SampledQuery]) -> None:
        self._port = port
        self._queries = queries
        self.times: list[tuple[str, float]] = []  # kind, seconds
        self.failures: Counter[str] = Counter()

    def run(self, clients: int, seconds: float) -> float:
        """The seconds until the last client has its last response."""
        started = time.perf_counter()
        threads = [
            threading.Thread(target=self._client, args=(number, started + seconds)) for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - started

    def _client(self, number: int, until: float) -> None:
        rng = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while (started := time.perf_counter()) < until:
            query = rng.choice(self._queries)
            try:
                connection.request("GET", search_path(query.text))
                response = connection.getresponse()
                response.read()
            except OSError as error:
                self.failures[type(error).__name__] += 1
                connection.close()
                continue
            if response.status != 200:
                self.failures[str(response.status)] += 1
            self.times.append((query.kind, time.perf_counter() - started))
        connection.close()


def memory(pid: int) -> str:
    """The resident memory of a process, now and at its highest."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    now, highest = (int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) / 1000 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f} MB resident, {highest:.0f} MB at most"


def measure_server(arguments: argparse.Namespace, queries: list[SampledQuery]) -> None:
    """Start a server, send it queries, and print times and memory."""
    program = str(Path(sys.executable).with_name("searchidx"))
    command = [program, "serve", "--port", "0", "--index", arguments.index, "--threads", str(arguments.threads)]
    environment = {"SEARCHIDX_ACCESS_LOG": "false", "PATH": ""}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr is not None
        port = urlsplit(server.stderr.readline().split()[2]).port
        assert port is not None
        Load(port, queries).run(arguments.clients, min(2.0, arguments.seconds / 10))  # fills the caches
        before = memory(server.pid)
        load = Load(port, queries)
        seconds = load.run(arguments.clients, arguments.seconds)
        after = memory(server.pid)
        server.terminate()
    failures = load.failures
    print(f"{arguments.clients} clients for {seconds:.0f} s, {arguments.threads} threads in the server")
    print(f"requests/s {len(load.times) / seconds:.0f}, errors {failures.total()} {dict(failures) or ''}")
    print_percentiles("all", [each for _, each in load.times])
    for kind in _KINDS:
        of_kind = [each for its_kind, each in load.times if its_kind == kind]
        if of_kind:
            print_percentiles(kind, of_kind)
    print(f"before: {before}\nafter:  {after}")


def measure_web_share(location: str, queries: list[SampledQuery]) -> None:
    """Print what a request costs besides its search, on one thread."""
    with Index.open(location) as index:
        client = create_app(index).test_client()
        for query in queries[:50]:  # fills the caches
            index.search(query.text)
            client.get(search_path(query.text))
        search_times, request_times = [], []
        for query in queries:
            search_times.append(timed(partial(index.search, query.text)))
            request_times.append(timed(partial(client.get, search_path(query.text))))
    print_percentiles("search in process", search_times)
    print_percentiles("test client", request_times)
    share = 1 - sum(search_times) / sum(request_times)
    ms = (sum(request_times) - sum(search_times)) / len(queries) * 1000
    print(f"share of the web: {share:.0%} of a request, {ms:.2f} ms")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--threads", type=int, default=8)
    arguments = parser.parse_args()
    queries = sample_queries(Path(arguments.index), random.Random(2025))
    print(f"{len(queries)} queries: {dict(Counter(query.kind for query in queries))}")
    measure_server(arguments, queries)
    measure_web_share(arguments.index, queries[:1_000])


if __name__ == "__main__":
    main()
