"""How fast are words looked up among 500,000 forms? Medians of many words;
`python -m tests.benchmarks.bench_forms`.

The forms are those of the corpus of laws where there is one, then stems of those with endings that Spanish has.
"""

from __future__ import annotations

import json
import platform
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from _pytest.outcomes import Skipped

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from searchidx.index import Index
from searchidx.indexing.entries import lexicon_changes
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.search.completions import Completer
from searchidx.search.corrections import Corrector
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Form, Lexicon
from tests.laws_support import laws

FORMS = 500_000
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi tro pla bre cli dro fe ga".split()  # noqa: SIM905
_ENDINGS = "o a as os ción ciones mente ar ando aría aron ista ismo able ito".split()  # noqa: SIM905


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder, Index.create(folder) as index:
        writing = Connection(next(Path(folder).rglob("*.sqlite")), writable=True)
        with writing.transaction():
            Lexicon(writing).add_counts(_forms())
        writing.close()
        with index._snapshots._current() as current:
            _measure(current.store.lexicon, current.vocabulary)


def _measure(lexicon: Lexicon, vocabulary: Vocabulary) -> None:
    picked = random.Random(1)
    words = picked.sample(
        [fold for fold, _ in lexicon.folded_forms() if fold.isalpha() and 5 <= len(fold) <= 14], 300
    )
    for letters in (2, 3, 4):
        measure(
            f"prefix of {letters} letters from SQLite", TermDictionary(lexicon).prefix, _cut(words[:15], letters)
        )
    table = TermDictionary(lexicon)
    began = time.perf_counter()
    forms = table.term_list()
    print(f"loading {len(forms):,} folds: {time.perf_counter() - began:.2f} s")
    tracemalloc.start()
    once_more = TermDictionary(lexicon).term_list()
    now, peak = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(f"they take {now:.0f} MB, {peak:.0f} MB while loading")
    del once_more
    for letters in (1, 2, 3, 4):
        measure(f"prefix of {letters} letters", table.prefix, _cut(words, letters))
    measure("wildcard ab?d*", (lambda w: table.wildcard(f"{w[:2]}?{w[3]}*")), words)
    measure("wildcard *abcd", (lambda w: table.wildcard(f"*{w[-4:]}")), words[:50])
    measure("fuzzy, 1 edit", table.fuzzy, words)
    measure("fuzzy, 2 edits", (lambda w: table.fuzzy(w, 2)), words)
    corrector = Corrector(vocabulary, lexicon)
    began = time.perf_counter()
    forms.sounding_like("desizion", 1)
    print(f"the sounds of all forms, once: {time.perf_counter() - began:.2f} s")
    measure("correction of a misspelt word", corrector.correction, [_misspelt(word) for word in words])
    completer = Completer(table, lexicon)
    for letters in (1, 2, 3):
        measure(f"completions of {letters} letters", completer.completions, _cut(words, letters))


def _cut(words: Sequence[str], letters: int) -> list[str]:
    return [word[:letters] for word in words]


def measure(name: str, look_up: Callable[[str], object], words: Sequence[str]) -> None:
    times = []
    for word in words:
        began = time.perf_counter()
        look_up(word)
        times.append((time.perf_counter() - began) * 1000)
    print(f"{name:<36} median {statistics.median(times):>6.2f} ms   (max {max(times):.1f})")


def _misspelt(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


def _forms() -> list[Form]:
    forms = {form.form: form for form in _real_forms()}
    analyzer = Analyzer()
    picked = random.Random(1)
    stems = [form[:-1] for form in forms if form.isalpha() and 4 <= len(form) <= 11]
    while len(forms) < FORMS:
        stem = picked.choice(stems) if stems else "".join(picked.choices(_SYLLABLES, k=picked.randint(2, 4)))
        word = analyzer.word(stem + picked.choice(_ENDINGS))
        documents = min(500, int(picked.paretovariate(0.8)))
        forms.setdefault(word.lower, Form(word.lower, word.folded, word.stem, documents, documents, 0))
    return [*forms.values()]


def _real_forms() -> Iterator[Form]:
    counter = FormCounter()
    documents = DocumentAnalyzer(Analyzer(), counter)
    try:
        for line in laws(30_000):
            documents.analyze([json.loads(line)["text"]])
    except Skipped as skipped:
        print(skipped)
    yield from lexicon_changes(counter.drain(), documents.analyzer)


if __name__ == "__main__":
    main()
