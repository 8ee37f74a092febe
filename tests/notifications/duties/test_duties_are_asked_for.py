"""Those who owe a duty are asked around its day, in office hours, and never what it is about (record 3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.scheduling.v1 import duties_pb2 as duties
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.calendar_days import WorkingCalendar, add_working_days
from services.notifications import wire
from services.notifications.adapters.duties import SqlDuties
from services.notifications.adapters.smtp import SmtpMailer
from services.notifications.domain.duty import Duty, DutyKind, OwedBy
from services.notifications.domain.notification import Subject
from services.notifications.handlers.ask_for_duties import follow_duty
from services.platform.calls.wire import from_word, to_date
from tests.notifications.builders import allocated
from tests.notifications.mail_server import a_mail_server
from tests.notifications.office import TODAY, Office, Post, an_office
from tests.sizes import part_of

PERSON, MANAGER, TEAM, SENIOR = "person-one", "manager-one", "panel-team", "senior-manager"


def from_day(day: date, number: int) -> date:
    return add_working_days(WorkingCalendar.OFFICE, day, number)


DUE_ON = from_day(TODAY, 10)


def duty(version: int = 1, kind: str = "action", owed_by: str = "safeguarder", **fields: Any) -> Any:
    state = from_word(duties.Duty.State, fields.pop("state", "running"))
    values: dict[str, Any] = {
        "safeguarder_id": "sg-one",
        "duty_id": "d" * 36,
        "version": version,
        "kind": from_word(duties.Duty.Kind, kind),
        "owed_by": from_word(duties.Duty.OwedBy, owed_by),
        "about": "safeguarders/sg-one/actions/a",
        "state": state,
        "due_date": to_date(DUE_ON),
    }
    return scheduling.DutyChanged(**values | fields)


def told(office: Office) -> list[tuple[Any, ...]]:
    return [(one.recipient, one.subject, one.answer_by_on) for one in office.notifications()]


def live_until(office: Office, day: date) -> None:
    """Let every day pass until a day, with two looks on each and everything sent."""
    while office.clock.instant.date() < day:
        office.go_to(office.clock.instant.date() + timedelta(days=1))
        office.tick()
        office.tick()
        office.go_on(minutes=2)
        office.send_all(Post())


def test_a_safeguarder_is_reminded_and_then_the_support_manager_talks_with_them(office: Office) -> None:
    """Record 3.1: three messages to the Safeguarder, then a review of the action, which is a talk, and no more."""
    office.receive(allocated(), duty())
    live_until(office, from_day(DUE_ON, 30))
    assert told(office) == [
        *[(PERSON, Subject.ACTION_DUE, DUE_ON)] * 3,
        (MANAGER, Subject.ACTION_REVIEW_DUE, None),
    ]


def test_an_answer_that_is_awaited_is_asked_for_by_a_call(office: Office) -> None:
    """Record 3.1: `call`: the support manager rings."""
    office.receive(allocated(), duty(kind="answer_support"))
    live_until(office, from_day(DUE_ON, 30))
    assert told(office)[-2:] == [(PERSON, Subject.SUPPORT_TO_ANSWER, DUE_ON), (MANAGER, Subject.CALL_DUE, None)]


@pytest.mark.parametrize(
    ("owed_by", "owner", "cover"),
    [("support_manager", MANAGER, TEAM), ("panel_team", TEAM, "")],
)
def test_staff_are_reminded_then_cover_and_a_senior_manager_are_asked(
    office: Office, owed_by: str, owner: str, cover: str
) -> None:
    """Record 3.1: as for matters that wait. Where the Team has nobody else, nobody covers for it."""
    office.receive(allocated(), duty(kind="deliver_support", owed_by=owed_by))
    live_until(office, from_day(DUE_ON, 30))
    asked = [owner, owner, cover, SENIOR] if cover else [owner, owner, SENIOR]
    assert [recipient for recipient, *_ in told(office)] == asked
    assert {subject for _, subject, _ in told(office)} == {Subject.SUPPORT_DUE}


def test_a_duty_of_a_support_manager_goes_with_the_allocation(office: Office) -> None:
    """X15: the one who supports the Safeguarder on the day is asked. Without one it is the Team's."""
    office.receive(duty(kind="share_record", owed_by="support_manager"))
    live_until(office, from_day(DUE_ON, -2))
    office.receive(allocated())
    live_until(office, DUE_ON)
    assert [recipient for recipient, *_ in told(office)] == [TEAM, MANAGER]


def test_nobody_is_asked_while_the_office_is_closed(office: Office) -> None:
    """P14: a reminder waits until the office opens."""
    office.receive(allocated(), duty())
    day = from_day(DUE_ON, -5)
    office.go_to(day)
    office.clock.instant = office.clock.instant.replace(hour=8)
    office.tick()
    assert told(office) == []
    office.go_on(hours=1)
    office.tick()
    assert len(told(office)) == 1


def test_a_duty_that_stands_still_asks_nobody_and_the_moved_day_is_the_one_that_asks(office: Office) -> None:
    """Record 3.2: while the Team is late with a support, no time passes for the action."""
    office.receive(allocated(), duty())
    live_until(office, from_day(DUE_ON, -5))
    late = [duties.Duty.STANDSTILL_REASON_SUPPORT_LATE]
    office.receive(duty(2, state="standing_still", standstill_reasons=late))
    live_until(office, from_day(DUE_ON, 10))
    moved = from_day(DUE_ON, 25)
    office.receive(duty(3, due_date=to_date(moved)))
    live_until(office, from_day(moved, 10))
    assert told(office) == [
        (PERSON, Subject.ACTION_DUE, DUE_ON),
        *[(PERSON, Subject.ACTION_DUE, moved)] * 3,
        (MANAGER, Subject.ACTION_REVIEW_DUE, None),
    ]


@pytest.mark.parametrize("change", [{"state": "met"}, {"state": "ended"}, {"due_date": to_date(from_day(DUE_ON, 40))}])
def test_what_was_not_sent_yet_is_withdrawn_when_it_is_no_longer_so(office: Office, change: dict[str, Any]) -> None:
    """Record 6: met, ended, or another day."""
    office.receive(allocated(), duty())
    office.go_to(DUE_ON)
    office.tick()
    assert len(told(office)) == 1
    office.receive(duty(2, **change))
    assert told(office) == []


def test_an_event_that_comes_again_or_late_changes_nothing(office: Office) -> None:
    """Record 8: the newest version holds."""
    office.receive(allocated(), duty(7, state="met"), duty(3), duty(7))
    live_until(office, from_day(DUE_ON, 10))
    assert told(office) == []


def test_a_duty_first_known_after_its_day_asks_staff_once_and_a_safeguarder_not_at_all(office: Office) -> None:
    """Record 3.1: nobody is asked for days gone by, as after an upgrade or a restored database."""
    past = to_date(from_day(TODAY, -30))
    office.receive(
        allocated(),
        duty(due_date=past),
        duty(duty_id="another", kind="look_at_completion", owed_by="support_manager", due_date=past),
    )
    office.tick()
    office.tick()
    assert sorted(told(office)) == [
        (MANAGER, Subject.ACTION_DONE, None),
        (MANAGER, Subject.ACTION_REVIEW_DUE, None),
    ]


def test_words_that_only_a_later_release_knows_stop_nothing(office: Office) -> None:
    """Record 0.2: an unknown kind is asked for without a word. An unknown state or owner asks nobody."""
    kind, state, owner = duty(duty_id="kind"), duty(duty_id="state"), duty(duty_id="owner")
    kind.kind = state.state = owner.owed_by = 99
    office.receive(allocated(), kind, state, owner)
    live_until(office, DUE_ON)
    assert set(told(office)) == {(PERSON, None, DUE_ON)}


def test_every_word_of_a_duty_is_known_here() -> None:
    """Record 3.1: a new kind of the contract gets a word for its message."""
    kinds = {word.removeprefix("KIND_").lower() for word in duties.Duty.Kind.keys()[1:]}
    assert kinds == {*DutyKind} - {DutyKind.OTHER}
    owners = {word.removeprefix("OWED_BY_").lower() for word in duties.Duty.OwedBy.keys()[1:]}
    assert owners == {*OwedBy} - {OwedBy.OTHER}


def test_an_email_says_the_day_and_nothing_of_the_duty(office: Office) -> None:
    """R15, record 6: over real SMTP."""
    office.receive(allocated(), duty())
    office.go_to(DUE_ON)
    office.tick()
    office.go_on(minutes=2)
    with a_mail_server() as mail:
        office.send_all(SmtpMailer(mail.address, "no-reply@psmf.example.invalid", "service", start_tls=False))
        (message,) = mail.taken
    assert message["To"] == "person-one@example.invalid"
    text = f"{message['Subject']} {message.get_content()}"
    assert f"{DUE_ON:%A} {DUE_ON.day} {DUE_ON:%B %Y}" in text
    assert not [word for word in ("duty", "action", "overdue", "sg-one", "dddd") if word in text]


def kept(office: Office, duty_id: str) -> Duty | None:
    with office.database.read() as connection:
        return SqlDuties(connection).find(duty_id)


VERSIONS = st.lists(
    st.tuples(st.sampled_from(["running", "standing_still", "met", "ended"]), st.integers(1, 30)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=part_of(40), deadline=None)
@given(VERSIONS, st.data())
def test_in_whatever_order_versions_come_the_same_is_asked(
    tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Record 8, newest_version_everywhere: on one day, doubled, late or lost versions leave the same steps to take."""
    newest = len(versions)
    numbers = data.draw(st.permutations([*range(1, newest + 1), *range(1, newest + 1)]))

    def version(number: int, duty_id: str) -> Duty:
        state, ahead = versions[number - 1]
        day = to_date(from_day(TODAY, ahead))
        return wire.duty(duty(number, state=state, duty_id=duty_id, due_date=day))

    with an_office(tmp_path_factory.mktemp("order")) as office:
        for number in numbers:
            office.do(lambda context, number=number: follow_duty(version(number, "mixed"), context))  # type: ignore[misc]
        office.do(lambda context: follow_duty(version(newest, "alone"), context))
        mixed, alone = kept(office, "mixed"), kept(office, "alone")
    assert mixed is not None
    assert alone is not None
    assert (mixed.stands, mixed.due_on, mixed.asked) == (alone.stands, alone.due_on, alone.asked)


def draws(due_on: date = DUE_ON, *, drawn: int = 0) -> list[Any]:
    """The draw of a round is owed to five people, the first of whom have a report by now."""
    return [
        duty(
            kind="draw_sample",
            owed_by="panel_team",
            safeguarder_id=f"sg-{number}",
            duty_id=f"{number}" * 36,
            due_date=to_date(due_on),
            version=2 if number <= drawn else 1,
            state="met" if number <= drawn else "running",
        )
        for number in range(1, 6)
    ]


def test_the_draw_of_a_round_is_asked_for_in_one_line_and_not_once_for_each_person(office: Office) -> None:
    """Decision 0063: one draw is for everybody. Somebody with a later day is asked about on that day."""
    later = from_day(DUE_ON, 40)
    office.receive(*draws(), duty(kind="draw_sample", owed_by="panel_team", due_date=to_date(later)))
    live_until(office, from_day(DUE_ON, 10))
    assert [recipient for recipient, *_ in told(office)] == [TEAM, TEAM, SENIOR]
    assert {one.safeguarder_id for one in office.notifications()} == {""}, "the line is about nobody in particular"
    live_until(office, later)
    assert [(recipient, day) for recipient, _, day in told(office)[3:]] == [(TEAM, later)] * 2


def test_the_line_is_withdrawn_once_the_draw_of_the_last_person_is_there(office: Office) -> None:
    office.receive(*draws())
    office.go_to(DUE_ON)
    office.tick()
    office.receive(*draws(drawn=4)[:4])
    assert len(told(office)) == 1
    office.receive(*draws(drawn=5)[4:])
    assert told(office) == []
