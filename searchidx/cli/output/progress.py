"""How does a person see that a long run goes on? By a bar that comes only when there is something to wait for."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from searchidx import Progress

if TYPE_CHECKING:
    from tqdm import tqdm

_PATIENCE_S = 0.5  # what is done sooner needs no bar
_FORMAT = "{desc} {percentage:3.0f} % |{bar}| {n_fmt} of {total_fmt}, {rate_fmt}, {remaining} left{postfix}"


class ProgressBar:
    """The bar of one run, on stderr; call it with each `Progress`. Silent when stderr is no terminal."""

    def __init__(self, label: str, *, quiet: bool = False, unit: str = "B") -> None:
        """`unit` is what the progress counts in: bytes, or documents."""
        self._label = label
        self._unit = unit
        self._silent = quiet or not sys.stderr.isatty()
        self._started = time.monotonic()
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is."""
        if self._silent or time.monotonic() - self._started < _PATIENCE_S:
            return
        is_first = self._bar is None
        bar = self._made(progress.total) if self._bar is None else self._bar
        self._bar = bar
        if self._unit == "B":
            bar.set_postfix_str(f"{progress.documents:,} documents", refresh=False)
        is_last = progress.done >= progress.total
        if is_last:
            bar.set_description_str(f"{self._label}: writing", refresh=False)
        bar.update(progress.done - bar.n)
        if is_first or is_last:
            bar.refresh()

    def _made(self, total: int) -> tqdm[Any]:
        from tqdm import tqdm  # only long runs pay for its import

        tqdm.monitor_interval = 0  # no thread beside ours
        bar = tqdm(
            desc=self._label,
            total=total,
            unit=self._unit,
            unit_scale=True,
            file=sys.stderr,
            leave=False,
            dynamic_ncols=True,
            miniters=1,  # the time alone decides when to draw: batches come unevenly
            smoothing=0,  # and the rate is that of the whole run
            bar_format=_FORMAT,
        )
        bar.start_t -= time.monotonic() - self._started
        return bar
