"""How is work spread over processes, its results in order and its memory bounded?

Each worker is a Python of its own at the other end of two pipes. Nothing is forked, since this process has threads
of other libraries, and nothing of the caller's own program is imported anew, as `multiprocessing` would.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, TypeVar

from searchidx.errors import WorkerError
from searchidx.runtime.relaxed_gc import relaxed_gc

Task = TypeVar("Task")
Result = TypeVar("Result")

_MOST_PROCESSES = 8
_RESULTS_AHEAD = 16  # of all workers, held until their turn comes: so they go on while a batch is written
_TASKS_AHEAD = 2  # a worker
_LENGTH_BYTES = 8
_MAIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import searchidx.runtime.processes as w; w.main()"
)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_count() -> int:
    """How many workers this machine can keep busy: the process that writes waits for the disk and for others."""
    return min(_MOST_PROCESSES, usable_cores())


def map_ordered(
    tasks: Iterable[Task], work: Callable[[Task], Iterable[Result]], processes: int
) -> Iterator[Result]:
    """What `work` gives for each task, in the order of the tasks; with no `processes`, done here.

    `work` and tasks are pickled, and so are the results, which should be some megabytes each: few of them are held
    at a time. What `work` raises is raised here; WorkerError when a process dies.
    """
    if not processes:
        for task in tasks:
            yield from work(task)
        return
    with ExitStack() as stack:
        room = max(1, _RESULTS_AHEAD // processes)
        workers = [stack.enter_context(_Worker(work, room)) for _ in range(processes)]
        ahead: deque[_Worker] = deque()
        for number, task in enumerate(tasks):
            worker = workers[number % processes]
            worker.begin(task)
            ahead.append(worker)
            if len(ahead) >= _TASKS_AHEAD * processes:
                yield from ahead.popleft().results()
        for worker in ahead:
            yield from worker.results()


class _Worker:
    """One process, and the thread that feeds it and reads what it says."""

    def __init__(self, work: Callable[[Any], Iterable[Any]], room: int) -> None:
        command = [sys.executable, "-c", _MAIN, json.dumps(sys.path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._tasks: Queue[object] = Queue()
        self._answers: Queue[bytes | None] = Queue(room)
        self._thread = Thread(target=self._talk, args=(work,), daemon=True)
        self._thread.start()

    def __enter__(self) -> _Worker:
        return self

    def begin(self, task: object) -> None:
        """Give it a task to do after those that it has."""
        self._tasks.put(task)

    def results(self) -> Iterator[Any]:
        """What it gives for the first task that was not asked for yet."""
        while True:
            answer = self._answers.get()
            if answer is None:
                code = self._process.wait()
                raise WorkerError(
                    f"a process that reads files has ended (code {code}): was there not enough memory? "
                    "What was written stays; the next run goes on from there"
                )
            kind, value = pickle.loads(answer)  # noqa: S301 - our own process wrote it
            if kind == "end":
                return
            if kind == "error":
                raise value
            yield value

    def _talk(self, work: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(self._process.stdin, work)
            while (task := self._tasks.get()) is not None:
                _send(self._process.stdin, task)
                while (answer := _received(self._process.stdout)) is not None:
                    self._answers.put(answer)
                    if answer == _END:
                        break
                else:
                    break
        except OSError:
            pass  # it has died: whoever waits for its answers is told
        self._answers.put(None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._tasks.put(None)
        if kind is not None:
            self._process.kill()
        while self._thread.is_alive():  # it may wait to hand over what nobody wants any more
            try:
                self._answers.get(timeout=0.01)
            except Empty:
                continue
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        self._process.wait()


def _send(stream: IO[bytes], value: object) -> None:
    _write(stream, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes | None:
    """The next message, None when there is none any more."""
    length = stream.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    data = stream.read(size)
    return data if len(data) == size else None


_END = pickle.dumps(("end", None), pickle.HIGHEST_PROTOCOL)


def main() -> None:
    """The worker's side: the work comes first, then tasks, until the pipe is closed."""
    import signal  # only here

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the process that writes decides
    # Not sys.stdout.buffer: with PYTHONUNBUFFERED that has no buffer, and a signal cuts what it writes short.
    answers = os.fdopen(sys.stdout.fileno(), "wb", closefd=False)
    sys.stdout = sys.stderr  # what a library prints must not stand among the answers
    # A broken pipe: nobody listens any more.
    with relaxed_gc(), suppress(BrokenPipeError):
        work: Callable[[Any], Iterable[Any]] | None = None
        while (message := _received(sys.stdin.buffer)) is not None:
            told = pickle.loads(message)  # noqa: S301 - the process that started us wrote it
            if work is None:
                work = told
            else:
                _answer(work, told, answers)


def _answer(work: Callable[[Any], Iterable[Any]], task: object, answers: IO[bytes]) -> None:
    try:
        for result in work(task):
            _send(answers, ("result", result))
    except BrokenPipeError:
        raise
    except Exception as error:
        _send(answers, ("error", error))
    _write(answers, _END)
