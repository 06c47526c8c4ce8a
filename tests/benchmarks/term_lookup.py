"""Speed of look-ups among 500,000 words of the lexicon: `python -m tests.benchmarks.term_lookup`.

The words are those of the corpus of laws where the machine has it, then their stems with other Spanish endings.
"""

from __future__ import annotations

import json
import platform
import random
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
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
from tests.benchmarks.timing_support import print_runs, timed, times_of
from tests.laws_support import laws

FORMS = 500_000
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi tro pla bre cli dro fe ga".split()  # noqa: SIM905
_ENDINGS = "o a as os ción ciones mente ar ando aría aron ista ismo able ito".split()  # noqa: SIM905


def main() -> None:
    """Measure on an index that holds the words only."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder, Index.create(folder) as index:
        writing = Connection(next(Path(folder).rglob("*.sqlite")), writable=True)
        with writing.transaction():
            Lexicon(writing).add_counts(_forms())
        writing.close()
        with index._readers._current() as current:
            _measure(current.store.lexicon, current.vocabulary)


def _measure(lexicon: Lexicon, vocabulary: Vocabulary) -> None:
    words = _sample_words(lexicon)
    unloaded = TermDictionary(lexicon)
    for letters in (2, 3, 4):
        prefixes = _cut(words[:15], letters)
        print_runs(f"prefix of {letters} letters from SQLite", times_of(unloaded.prefix, prefixes))
    dictionary = TermDictionary(lexicon)
    print(f"loading {FORMS:,} words: {timed(dictionary.term_list):.2f} s")
    _print_memory(lexicon)
    for letters in (1, 2, 3, 4):
        print_runs(f"prefix of {letters} letters", times_of(dictionary.prefix, _cut(words, letters)))
    print_runs("wildcard ab?d*", times_of(dictionary.wildcard, [f"{word[:2]}?{word[3]}*" for word in words]))
    print_runs("wildcard *abcd", times_of(dictionary.wildcard, [f"*{word[-4:]}" for word in words[:50]]))
    print_runs("fuzzy, 1 edit", times_of(dictionary.fuzzy, words))
    print_runs("fuzzy, 2 edits", times_of(lambda word: dictionary.fuzzy(word, 2), words))
    seconds = timed(lambda: dictionary.term_list().sounding_like("desizion", 1))
    print(f"the sounds of all words, once: {seconds:.2f} s")
    corrector = Corrector(vocabulary, lexicon)
    misspelt = [_misspelt(word) for word in words]
    print_runs("correction of a misspelt word", times_of(corrector.correction, misspelt))
    completer = Completer(dictionary, lexicon)
    for letters in (1, 2, 3):
        print_runs(f"completions of {letters} letters", times_of(completer.completions, _cut(words, letters)))


def _sample_words(lexicon: Lexicon) -> list[str]:
    candidates = [word for word, _ in lexicon.folded_forms() if word.isalpha() and 5 <= len(word) <= 14]
    return random.Random(1).sample(candidates, 300)


def _print_memory(lexicon: Lexicon) -> None:
    tracemalloc.start()
    loaded = TermDictionary(lexicon).term_list()
    now, peak = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(f"they take {now:.0f} MB, {peak:.0f} MB while loading")
    del loaded


def _cut(words: Sequence[str], letters: int) -> list[str]:
    return [word[:letters] for word in words]


def _misspelt(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


def _forms() -> list[Form]:
    forms = {form.form: form for form in _real_forms()}
    analyzer = Analyzer()
    rng = random.Random(1)
    stems = [form[:-1] for form in forms if form.isalpha() and 4 <= len(form) <= 11]
    while len(forms) < FORMS:
        stem = rng.choice(stems) if stems else "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4)))
        word = analyzer.word(stem + rng.choice(_ENDINGS))
        documents = min(500, int(rng.paretovariate(0.8)))
        forms.setdefault(word.lower, Form(word.lower, word.folded, word.stems[0], documents, documents, 0))
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
