"""When a link, its session and a giver's contact are over, and what stage an item has come to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.adapters.feedback.questions import QUESTIONS_FILE, feedback_forms, read_forms
from services.evidence.compose import HERE, OWN_TABLE
from services.evidence.domain.evidence_item import ComplaintOutcome, ItemState
from services.evidence.domain.feedback.answers import Answer, content_of
from services.evidence.domain.feedback.link import (
    Asked,
    Consent,
    Giver,
    GiverKept,
    LinkState,
    begun,
    hash_of,
    new_link,
    require_session,
    typed_code,
)
from services.evidence.domain.feedback.stage import Stage, stage_of
from services.evidence.domain.sessions.record import RecordState
from services.evidence.worker import feedback_that_is_over
from services.platform.data_file import DataFileError
from services.platform.storage.opening import open_database
from services.refusals import Refusal
from tests.clock import FixedClock

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECRET, SESSION = "a" * 32, "b" * 32
LINK = new_link(Asked("sg-one", Giver.ADULT, date(2026, 10, 1), ""), "one", SECRET, "panel-team", NOW, 30)


def test_a_link_is_good_for_thirty_days_and_a_session_that_began_in_them_for_two_hours() -> None:
    last = NOW + timedelta(days=30) - timedelta(microseconds=1)
    session = begun(LINK, SESSION, last)
    assert LINK.state(last) is LinkState.OPEN
    assert LINK.state(last + timedelta(microseconds=1)) is LinkState.EXPIRED
    assert require_session(session, LINK, last + timedelta(hours=1)) is LINK
    with pytest.raises(Refusal, match="FEEDBACK_SESSION_OVER"):
        require_session(session, LINK, last + timedelta(hours=2))
    with pytest.raises(Refusal, match="FEEDBACK_LINK_NOT_USABLE"):
        begun(LINK, SESSION, last + timedelta(hours=1))


def test_a_code_is_read_however_it_is_typed() -> None:
    assert {typed_code(typed) for typed in ("K7M4-2XQ9-TB", "k7m42xq9tb", " K7M4 2XQ9 TB ")} == {"K7M42XQ9TB"}
    assert {typed_code(typed) for typed in ("", "K7M4", "K7M4-2XQ9-TA", "-" * 500)} == {""}


@pytest.mark.parametrize(
    ("item", "records", "stage"),
    [
        ({}, [], Stage.RECEIVED),
        ({"state": ItemState.HELD}, [], Stage.RECEIVED),
        ({"mappings": ("S1.1",)}, [], Stage.READ),
        ({"shared_on": date(2026, 11, 3)}, [], Stage.READ),
        ({}, [None], Stage.TALKED_ABOUT),
        ({}, [RecordState.SHARED], Stage.TALKED_ABOUT),
        ({}, [RecordState.CLOSED], Stage.FINISHED),
        ({"state": ItemState.WITHDRAWN}, [], Stage.FINISHED),
        ({"complaint_outcome": ComplaintOutcome.PENDING}, [RecordState.CLOSED], Stage.TALKED_ABOUT),
        ({"complaint_outcome": ComplaintOutcome.NOT_UPHELD}, [], Stage.FINISHED),
    ],
)
def test_the_stage_is_worked_out_from_what_is_on_file(item: dict[str, Any], records: list[Any], stage: Stage) -> None:
    content = {"complaint_outcome": None, "mappings": (), "shared_on": None} | item
    stands: Any = SimpleNamespace(content=SimpleNamespace(**content), state=item.get("state", ItemState.CURRENT))
    held: list[Any] = [each and SimpleNamespace(state=each) for each in records]
    assert stage_of(stands, held) is stage


@pytest.mark.parametrize("giver", Giver)
def test_no_question_and_no_choice_looks_as_if_it_names_a_child(giver: Giver) -> None:
    """Else everything that anybody says would wait for the Team."""
    from services.child_screen import signs_of_a_child

    form = feedback_forms()[giver]
    for turn in range(4):
        answers = [
            Answer(name, choice=list(question.choices)[turn % len(question.choices)])
            if question.choices
            else Answer(name, text="They came on time and were kind.")
            for name, question in form.questions.items()
        ]
        said = content_of(replace(LINK, giver=giver), form, answers, date(2026, 11, 2))
        assert signs_of_a_child(said.summary, 2026) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("source: child", "source: children", "'children' is not in the list"),
        ("hints: [S2.2]", "hints: [manners]", "Write an indicator"),
        ("    good:", "    Good!:", "A name is 2 to 20"),
        ("asks: Was anything good?", f"asks: {'Was it good? ' * 60}", "longer than the 2000 characters"),
        ('unsafe: "yes"', 'unsafe: "perhaps"', "'perhaps' is not in the list"),
    ],
)
def test_a_fault_in_the_file_of_feedback_says_where_it_is(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = QUESTIONS_FILE.read_text()
    assert old in text
    (tmp_path / "feedback.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(DataFileError, match=rf"feedback\.yaml:\d+: .*{says}"):
        read_forms(tmp_path / "feedback.yaml")


def test_how_to_reach_a_giver_is_deleted_after_its_day_and_a_session_after_two_hours(tmp_path: Path) -> None:
    database, clock = (
        open_database(f"sqlite:///{tmp_path / 'evidence.db'}", HERE / "migrations", OWN_TABLE),
        FixedClock(NOW),
    )
    job, until = feedback_that_is_over(database, clock), date(2026, 11, 30)

    def keep(tx: Any) -> None:
        links = SqlFeedbackLinks(tx)
        links.begin(begun(LINK, SESSION, NOW))
        links.keep_giver(GiverKept("one", Consent.ASK_FIRST, "0131 496 0000", until))

    def kept(at: datetime) -> tuple[bool, str, str]:
        clock.instant = at
        job.turn()
        with database.read() as connection:
            links = SqlFeedbackLinks(connection)
            stored = connection.exec_driver_sql("SELECT contact FROM feedback_giver").scalar()
            giver = links.givers(["one"], clock.today())["one"]
            assert giver.consent is Consent.ASK_FIRST
            return links.session(hash_of(SESSION)) is not None, giver.contact, str(stored)

    database.write(keep)
    assert kept(NOW + timedelta(minutes=119)) == (True, "0131 496 0000", "0131 496 0000")
    assert kept(NOW + timedelta(minutes=120)) == (False, "0131 496 0000", "0131 496 0000")
    assert kept(datetime(2026, 11, 30, 23, 59, tzinfo=UTC))[1:] == ("0131 496 0000", "0131 496 0000")
    assert kept(datetime(2026, 12, 1, 0, 0, tzinfo=UTC))[1:] == ("", "")
    database.close()
