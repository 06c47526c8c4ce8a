"""Does a run of the suite end with what it left out?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.not_run_support import not_run_line

ROOT = Path(__file__).parent.parent


def test_tests_that_did_not_run_are_counted_by_reason() -> None:
    line = not_run_line(["slow: make slow", *["no browser: install one"] * 2])
    assert line == "Not run: 2 tests (no browser: install one), 1 test (slow: make slow)"


def test_a_complete_run_has_no_such_line() -> None:
    assert not_run_line([]) == ""


def test_the_line_stands_above_the_count_of_tests(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_terminal_summary\n", encoding="utf-8")
    (tmp_path / "test_made.py").write_text(
        "import pytest\n"
        "def test_one(): pass\n"
        "def test_two(): pytest.skip('no browser: install one')\n"
        "@pytest.mark.slow\n"
        "def test_three(): pass\n",
        encoding="utf-8",
    )
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)

    line, count = run.stdout.splitlines()[-2:]
    assert line == "Not run: 1 test (no browser: install one), 1 test (slow: make slow)"
    assert count.startswith("1 passed, 1 skipped, 1 deselected")
