"""Those who look after a file are told that somebody opened it in an emergency, however the events come (X38)."""

from dataclasses import replace

from services.notifications.domain.accesses.news import AccessReviewed, FileOpened
from services.notifications.domain.notification import Subject
from tests.notifications.office import TODAY

OPENED = FileOpened("sg-one", "a" * 32, 1, "manager-two", reviewed=False)


def test_each_version_tells_that_the_file_was_opened_so_that_none_can_be_missed() -> None:
    """The first event may come last: what is told is told once, by whichever comes first."""
    for version in (OPENED, replace(OPENED, version=2), replace(OPENED, version=3, reviewed=True)):
        line = version.line(TODAY)
        assert line is not None
        assert (version.news, line.subject) == (Subject.FILE_OPENED, Subject.FILE_OPENED)
        assert line.urgent, "it does not wait for the office"
        assert not line.to_the_person


def test_who_opened_the_file_is_told_of_the_review_and_of_nothing_before() -> None:
    before, after = AccessReviewed(OPENED), AccessReviewed(replace(OPENED, reviewed=True))
    assert (before.news, before.line(TODAY)) == ("", None)
    assert after.news == Subject.ACCESS_REVIEWED
