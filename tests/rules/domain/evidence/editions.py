"""A rulebook with a second, invented edition of the standards, P1-P9 and P12 in force from 1 July 2026."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.compose import HERE
from services.rules.domain.rulebook.model import Rulebook

SECOND_FROM = date(2026, 7, 1)
NUMBERS = (*range(1, 10), 12)
NEW = tuple(f"P{number}" for number in NUMBERS)


def second_edition(attendance: bool = True) -> str:
    """Return the file of the second edition. With `attendance`, it says what attendance shows."""
    lines = [
        "edition: 2026-07",
        "title: Practice Standards, second edition, invented",
        "published_on: 2026-06",
        f"effective_from: {SECOND_FROM}",
        "legal_basis: none, invented",
        "crosswalk:",
        "  from: 2015-07",
        "  became:",
        *(f"    S{number}: [P{number}]" for number in range(1, 8)),
        "    E: [P12]",
        "standards:",
    ]
    shows = {7: ", attendance: mandatory_training", 12: ", attendance: support_session"} if attendance else {}
    for number in NUMBERS:
        lines += [
            f"  - standard: P{number}",
            f"    title: Invented standard {number}",
            f"    text: Invented text of standard {number}.",
            "    source: invented",
            "    indicators:",
            f"      - {{indicator: P{number}.1, title: Invented, basis: invented{shows.get(number, '')}}}",
        ]
    return "\n".join(lines) + "\n"


def a_folder_with_two_editions(folder: Path, attendance: bool = True) -> Path:
    """Copy the shipped rulebook to a folder, with the second edition beside the first."""
    shutil.copytree(HERE / "rulebook", folder)
    (folder / "standards" / "2026-07.yaml").write_text(second_edition(attendance))
    return folder


@cache
def two_editions() -> Rulebook:
    """Return the shipped rulebook with the second edition beside the first."""
    with TemporaryDirectory() as folder:
        return load_rulebook(a_folder_with_two_editions(Path(folder) / "rulebook"))
