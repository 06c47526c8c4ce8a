"""What can the server bear? `python -m tests.benchmarks.bench_web --index LOCATION`,
or `make bench-web INDEX=LOCATION`.

`searchidx serve` runs as a process of its own; so many clients at once ask it for `/api/v1/search`, each the next
as soon as it has an answer. Questions are sampled from the index: words that few, some and many documents have,
two words of one paragraph, and phrases. Then the same questions are asked in this process, of the index and of the
application through its test client: what the second costs more is the web's share.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from searchidx.index import Index
from searchidx.store.connection import Connection
from web import create_app

_KINDS = ("rare word", "word", "frequent word", "two words", "phrase")
_OF_EACH = 200
_word = re.compile(r"\w{3,}")


def questions(location: Path, chance: random.Random) -> list[tuple[str, str]]:
    """Kind and query, shuffled; fewer kinds where the index has none such."""
    connection = Connection(location / "store.sqlite", writable=False)
    documents = connection.number("SELECT count(*) FROM documents WHERE removed = 0")
    bands = {
        "rare word": (1, max(1, documents // 1_000)),
        "word": (max(2, documents // 1_000), max(2, documents // 50)),
        "frequent word": (max(2, documents // 50), documents),
    }
    forms = "SELECT form FROM lexicon WHERE documents BETWEEN ? AND ? AND length(form) > 2"
    asked = [
        (kind, form)
        for kind, band in bands.items()
        for form in _some(connection.column(forms, band), _OF_EACH, chance)
    ]
    last = connection.number("SELECT max(row) FROM paragraphs")
    rows = [chance.randint(1, last) for _ in range(4 * _OF_EACH)]
    texts = [text for (text,) in connection.select_in("SELECT text FROM paragraphs WHERE row IN", rows)]
    connection.close()
    for text in texts:
        words = _word.findall(text)
        if len(words) > 5:
            start = chance.randrange(len(words) - 3)
            asked.append(("two words", " ".join(chance.sample(words, 2))))
            asked.append(("phrase", f'"{" ".join(words[start : start + chance.randint(2, 3)])}"'))
    chance.shuffle(asked)
    return asked


def _some(values: list[str], count: int, chance: random.Random) -> list[str]:
    return chance.sample(values, min(count, len(values)))


def path_of(query: str) -> str:
    return f"/api/v1/search?{urlencode({'q': query})}"


class Load:
    """Clients that ask until a moment, and what they saw."""

    def __init__(self, port: int, asked: list[tuple[str, str]]) -> None:
        self._port = port
        self._asked = asked
        self.times: list[tuple[str, float]] = []  # kind, seconds
        self.failures: Counter[str] = Counter()

    def run(self, clients: int, seconds: float) -> float:
        """How long it took in the end, in seconds."""
        began = time.perf_counter()
        threads = [
            threading.Thread(target=self._client, args=(number, began + seconds)) for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    def _client(self, number: int, until: float) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while (started := time.perf_counter()) < until:
            kind, query = chance.choice(self._asked)
            try:
                connection.request("GET", path_of(query))
                answer = connection.getresponse()
                answer.read()
            except OSError as error:
                self.failures[type(error).__name__] += 1
                connection.close()
                continue
            if answer.status != 200:
                self.failures[str(answer.status)] += 1
            self.times.append((kind, time.perf_counter() - started))
        connection.close()


def memory(pid: int) -> str:
    """The server's resident memory, now and at its highest."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    now, highest = (int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) / 1000 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f} MB resident, {highest:.0f} MB at most"


def told(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(
        f"{name:<24}{len(ordered):>8}   p50 {statistics.median(ordered) * 1000:8.2f} ms   p99 {p99 * 1000:8.2f} ms"
    )


def serve(arguments: argparse.Namespace, asked: list[tuple[str, str]]) -> None:
    """Start a server, ask it, and say what came of it."""
    program = str(Path(sys.executable).with_name("searchidx"))
    command = [program, "serve", "--port", "0", "--index", arguments.index, "--threads", str(arguments.threads)]
    environment = {"SEARCHIDX_ACCESS_LOG": "false", "PATH": ""}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr is not None
        port = urlsplit(server.stderr.readline().split()[2]).port
        assert port is not None
        Load(port, asked).run(arguments.clients, min(2.0, arguments.seconds / 10))  # until everything is open
        before = memory(server.pid)
        load = Load(port, asked)
        took = load.run(arguments.clients, arguments.seconds)
        after = memory(server.pid)
        server.terminate()
        print(f"{arguments.clients} clients for {took:.0f} s, {arguments.threads} threads in the server")
        print(
            f"requests/s {len(load.times) / took:.0f}, errors {load.failures.total()} {dict(load.failures) or ''}"
        )
        told("all", [seconds for _, seconds in load.times])
        for kind in _KINDS:
            of_kind = [seconds for each, seconds in load.times if each == kind]
            if of_kind:
                told(kind, of_kind)
        print(f"before: {before}\nafter:  {after}")


def share_of_the_web(location: str, asked: list[tuple[str, str]]) -> None:
    """What a request costs beside its search, on one thread."""
    with Index.open(location) as index:
        client = create_app(index).test_client()
        for _, query in asked[:50]:  # until everything is open
            index.search(query)
            client.get(path_of(query))
        within, without = [], []
        for _, query in asked:
            began = time.perf_counter()
            index.search(query)
            middle = time.perf_counter()
            client.get(path_of(query))
            without.append(middle - began)
            within.append(time.perf_counter() - middle)
    told("search in process", without)
    told("test client", within)
    each = (sum(within) - sum(without)) / len(asked) * 1000
    print(f"share of the web: {1 - sum(without) / sum(within):.0%} of a request, {each:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--threads", type=int, default=8)
    given = parser.parse_args()
    sampled = questions(Path(given.index), random.Random(2025))
    print(f"{len(sampled)} questions: {dict(Counter(kind for kind, _ in sampled))}")
    serve(given, sampled)
    share_of_the_web(given.index, sampled[:1_000])
