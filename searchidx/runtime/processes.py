"""Mapping a function over tasks in worker processes, with ordered results and bounded memory.

Each worker is a fresh Python process that exchanges messages with this one over two pipes. This process is not
forked, since it has threads of other libraries, and the caller's main module is not imported again, as
`multiprocessing` would do.
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

_MAX_PROCESSES = 8
_RESULTS_AHEAD = 16  # of all workers, held until their turn comes, so that workers go on while a batch is written
_TASKS_AHEAD = 2  # for each worker
_LENGTH_BYTES = 8
_MAIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import searchidx.runtime.processes as w; w.main()"
)


def usable_cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_count() -> int:
    """The number of workers that keep this machine busy: the process that writes often waits."""
    return min(_MAX_PROCESSES, usable_cores())


def map_ordered(
    tasks: Iterable[Task], work: Callable[[Task], Iterable[Result]], processes: int
) -> Iterator[Result]:
    """The results of `work(task)` for each task, in the order of the tasks; with 0 `processes`, in this process.

    `work`, tasks and results are pickled. Results should be of some megabytes: few of them are held at a time.
    What `work` raises is raised here; WorkerError when a process dies.
    """
    if not processes:
        for task in tasks:
            yield from work(task)
        return
    with ExitStack() as stack:
        results_ahead = max(1, _RESULTS_AHEAD // processes)
        workers = [stack.enter_context(_Worker(work, results_ahead)) for _ in range(processes)]
        busy: deque[_Worker] = deque()  # one item for each task whose results were not given yet
        for number, task in enumerate(tasks):
            worker = workers[number % processes]
            worker.submit(task)
            busy.append(worker)
            if len(busy) >= _TASKS_AHEAD * processes:
                yield from busy.popleft().results()
        for worker in busy:
            yield from worker.results()


class _Worker:
    """One worker process, and the thread that sends it tasks and receives its results."""

    def __init__(self, work: Callable[[Any], Iterable[Any]], results_ahead: int) -> None:
        command = [sys.executable, "-c", _MAIN, json.dumps(sys.path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._tasks: Queue[object] = Queue()
        self._messages: Queue[bytes | None] = Queue(results_ahead)  # None: the process has ended
        self._thread = Thread(target=self._exchange, args=(work,), daemon=True)
        self._thread.start()

    def __enter__(self) -> _Worker:
        return self

    def submit(self, task: object) -> None:
        """Add a task to the worker's queue."""
        self._tasks.put(task)

    def results(self) -> Iterator[Any]:
        """The results of the oldest task whose results were not given yet."""
        while True:
            message = self._messages.get()
            if message is None:
                code = self._process.wait()
                raise WorkerError(f"a process that reads files has ended (code {code})")
            kind, value = pickle.loads(message)  # noqa: S301 - our own process wrote it
            if kind == "end":
                return
            if kind == "error":
                raise value
            yield value

    def _exchange(self, work: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(self._process.stdin, work)
            while (task := self._tasks.get()) is not None:
                _send(self._process.stdin, task)
                while (message := _receive(self._process.stdout)) is not None:
                    self._messages.put(message)
                    if message == _END:
                        break
                else:
                    break
        except OSError:
            pass  # the process has died; the next line reports it
        self._messages.put(None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._tasks.put(None)
        if kind is not None:
            self._process.kill()
        while self._thread.is_alive():  # it may be waiting to hand over results that are no longer wanted
            try:
                self._messages.get(timeout=0.01)
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


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None at the end of the stream."""
    length = stream.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    data = stream.read(size)
    return data if len(data) == size else None


_END = pickle.dumps(("end", None), pickle.HIGHEST_PROTOCOL)


def main() -> None:
    """The worker process: the first message is the work, the others are tasks, until the pipe is closed."""
    import signal  # only workers need it

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent process decides
    # Not sys.stdout.buffer: with PYTHONUNBUFFERED it has no buffer, and a signal cuts its writes short.
    output = os.fdopen(sys.stdout.fileno(), "wb", closefd=False)
    sys.stdout = sys.stderr  # what a library prints must not stand among the messages
    # A broken pipe: the parent process has ended.
    with relaxed_gc(), suppress(BrokenPipeError):
        work: Callable[[Any], Iterable[Any]] | None = None
        while (message := _receive(sys.stdin.buffer)) is not None:
            value = pickle.loads(message)  # noqa: S301 - the process that started us wrote it
            if work is None:
                work = value
            else:
                _run(work, value, output)


def _run(work: Callable[[Any], Iterable[Any]], task: object, output: IO[bytes]) -> None:
    try:
        for result in work(task):
            _send(output, ("result", result))
    except BrokenPipeError:
        raise
    except Exception as error:
        _send(output, ("error", error))
    _write(output, _END)
