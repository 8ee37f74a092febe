"""`psmf timeline` in words: the day, what happened, what it corrects or is corrected by, and who did it."""

from services.cli.personal.timeline import _lines
from tests.console.fixtures.timeline import HAPPENED


def test_each_entry_says_its_day_what_happened_and_what_corrects_it() -> None:
    told = [_lines(entry) for kept in HAPPENED.values() for entry in kept]
    assert told[0] == (
        "11 November 2026",
        "Item recorded: feedback \u00b7 from reporter \u00b7 S2, S4.",
        "Corrected by e-2.",
        "By support-manager-east-1.",
    )
    assert told[2][1:3] == (
        "Item corrected: feedback \u00b7 from reporter \u00b7 entered wrongly \u00b7 S2, S4.",
        "Corrects e-1.",
    )
    assert ("23 November 2026", "Record shared.", "", "By support-manager-east-1.") in told
