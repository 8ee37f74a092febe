"""When an item of evidence came to be as it is: each step of a timeline has the instant at which it was recorded."""

from datetime import UTC, date, datetime, timedelta

from services.evidence.domain.personal_file.item_times import ItemTimes, ItemVersion, times_of

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def version(hour: int, *, read: bool = False, shared: date | None = None, **said: object) -> ItemVersion:
    known = {"replied_on": None, "outcome": "", "is_out": False} | said
    return ItemVersion(at(hour), read, shared, **known)  # type: ignore[arg-type]


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def test_each_step_has_the_instant_of_the_version_that_took_it() -> None:
    versions = [
        version(0),
        version(1, read=True),
        version(2, read=True, shared=MONDAY),
        version(3, read=True, shared=MONDAY, replied_on=MONDAY),
        version(4, read=True, shared=MONDAY, replied_on=MONDAY, outcome="upheld"),
        version(5, read=True, shared=MONDAY, replied_on=MONDAY, outcome="upheld", is_out=True),
    ]
    assert times_of(versions) == ItemTimes(at(1), at(2), at(3), at(4), at(5))


def test_what_an_item_said_from_the_beginning_has_no_instant_of_its_own() -> None:
    assert times_of([version(0, read=True, shared=MONDAY)]) == ItemTimes()
    assert times_of([version(0, read=True), version(1, read=True, shared=MONDAY)]).read_at is None


def test_an_item_that_was_shared_again_was_shared_when_that_was_recorded() -> None:
    versions = [version(0), version(1, shared=MONDAY), version(24, shared=TUESDAY), version(25, shared=TUESDAY)]
    assert times_of(versions).shared_at == at(24)
