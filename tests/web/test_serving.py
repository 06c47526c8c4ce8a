"""The site on a real server, with many clients, until it is stopped."""

from __future__ import annotations

import threading
from urllib.request import urlopen


def test_pages_and_answers_come_over_http(origin: str) -> None:
    with urlopen(f"{origin}/?q=reuni%C3%B3n") as page:
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "<mark>reunión</mark>" in page.read().decode()
    with urlopen(f"{origin}/health") as health:
        assert health.read() == b'{"status":"ok","documents":5}'


def test_many_may_search_at_once(origin: str) -> None:
    answered: list[bool] = []

    def search() -> None:
        for _ in range(5):
            with urlopen(f"{origin}/api/v1/search?q=Putin") as answer:
                answered.append(b'"total":5' in answer.read())

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answered == [True] * 40
