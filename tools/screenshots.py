"""Write a picture of every page of the console in every state, at two widths, to be looked at with fresh eyes.

.venv/bin/python -m tools.screenshots FOLDER [PAGE ...]
"""

import sys
from collections.abc import Collection
from pathlib import Path

from tests.console.browser import WIDTHS, chromium, serving, window
from tests.console.fixtures.pages import PAGES
from tests.console.fixtures.site import fixture_app


def main(folder: Path, only: Collection[str]) -> None:
    """Write the pictures into a folder, as `page-state-width.png`. `only`: the pages; every one if none is named."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(fixture_app()) as address, chromium() as browser:
        for width in WIDTHS:
            with window(browser, width) as context:
                tab = context.new_page()
                for page, (_, states) in PAGES.items():
                    if only and page not in only:
                        continue
                    for state in states:
                        tab.goto(f"{address}/_fixture/{page}/{state}")
                        tab.screenshot(path=folder / f"{page}-{state}-{width}.png", full_page=True)


if __name__ == "__main__":
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
