"""Practice Notes at the command line: listed as they stand on a day; what waits for one is read out."""

from dataclasses import replace

from services.cli.rules.explain import Answered, Known, lines_of
from tests.cli.test_answers import data
from tests.suite import LoadedSuite

CLEAR = Answered("report-late", "", "support_need", "clear", "Practice is unclear: 1 item waits.", (), (), "", (), ())


def test_notes_are_listed_as_they_stand_on_a_day(suite: LoadedSuite) -> None:
    listed = suite.psmf("rules", "notes").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["Note", "court", "reports", "role"]
    assert "effective  31 January 2019" in listed[1]
    (court, *_) = data(suite, "rules", "notes", "--on", "2018-01-01")["items"]
    assert (court["name"], court.get("stage")) == ("practiceNotes/court", None)


def test_what_waits_for_a_note_is_named_with_its_reason() -> None:
    reason = 'practice is unclear: the Practice Note "Enquiries" is being drafted'
    known = Known({}, {}, {})
    waiting = replace(CLEAR, waits=((reason, "0123456789abcdef"),))
    assert f"  Waits    {reason}  01234567" in list(lines_of(waiting, known))
    assert not any("Waits" in line for line in lines_of(CLEAR, known))
