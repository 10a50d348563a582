"""How soon the page is there: `python -m tests.load.paint [HOME]`. A warm server, Chromium with an empty cache."""

import argparse
import os
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.end_to_end.test_chat_browser import ARGUMENTS
from tests.load.server import copied_home, served

_TIMES = 11  # the first warms the server, and is left out
_VIEWS = {"first screen": ("/", '[class*="st-key-example-"]'), "guide": ("/guide", "h1.vigie-view")}
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def seen(browser: Browser, address: str, selector: str) -> tuple[float, float]:
    """Milliseconds until something is painted, and until what was asked for is there."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector, timeout=120_000)
    whole = page.evaluate("performance.now()")
    first = page.evaluate(_FIRST_PAINT)
    context.close()
    return float(first), float(whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", nargs="?", type=Path, default=Path(os.environ.get("VIGIE_HOME", ".vigie")))
    with copied_home(parser.parse_args().home) as home, served(home) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for name, (path, selector) in _VIEWS.items():
            times = [seen(browser, server.address + path, selector) for _ in range(_TIMES)][1:]
            first, whole = (statistics.median(column) for column in zip(*times, strict=True))
            slowest = max(whole for _, whole in times)
            sys.stdout.write(f"{name}: first paint {first:.0f} ms, whole {whole:.0f} ms, slowest {slowest:.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main()
