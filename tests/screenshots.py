"""The pages as people see them: `python -m tests.screenshots FOLDER [HOME]`, wide and light, then narrow and dark."""

import argparse
import os
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.end_to_end.test_accessibility import PAGES
from tests.end_to_end.test_chat_browser import ARGUMENTS, OPENING
from tests.load.server import copied_home, served

_SIZES = {"wide-light": (1280, "light"), "phone-dark": (390, "dark"), "small-light": (320, "light")}
_TALLEST = 2600  # pixels
_DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def take(page: Page, path: Path, width: int) -> None:
    """The whole page, as far as a picture can still be read."""
    expect(page.locator(_DRAWN)).to_be_visible()
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 40, _TALLEST)})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 844})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("home", nargs="?", type=Path, default=Path(os.environ.get("VIGIE_HOME", ".vigie")))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with copied_home(arguments.home) as home, served(home) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for size, (width, scheme) in _SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": 844}, locale="fr-FR", color_scheme=scheme, reduced_motion="reduce"
            )  # fmt: skip
            page = context.new_page()
            for name, (path, prepare) in PAGES.items():
                page.goto(server.address + path)
                expect(page.locator(".st-key-bar")).to_be_visible(timeout=OPENING)
                prepare(page)
                take(page, arguments.folder / f"{name.replace(' ', '-').replace(',', '')}-{size}.png", width)
                sys.stdout.write(f"{name}, {size}\n")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
