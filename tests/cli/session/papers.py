"""The papers and the record of an invented session, for tests of how the command line shows and reads them."""

from datetime import UTC, date, datetime
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import session_records_pb2 as pb

from services.cli.session.files import Agenda, agenda_of
from services.cli.session.reading import Names
from services.platform.calls.wire import to_date, to_instant

FILE = "safeguarders/sg-02218697"
SESSION = f"{FILE}/supportSessions/1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d"
PRAISE = f"{FILE}/evidenceItems/b71e90c2-0000-4000-8000-000000000001"
NEW = f"{FILE}/evidenceItems/49b6794c-0000-4000-8000-000000000002"
CONCERN = f"{FILE}/concerns/c0ffee00-0000-4000-8000-000000000003"
OWN = f"{SESSION}/ownItems/77aa88bb77aa88bb77aa88bb77aa88bb"
ACTION = f"{FILE}/actions/a40f12aaa40f12aaa40f12aaa40f12aa"
ENDED = f"{FILE}/actions/e0de0de0e0de0de0e0de0de0e0de0de0"
SUPPORT = f"{FILE}/supports/5a77d03b5a77d03b5a77d03b5a77d03b"
PLAN = plans.DevelopmentPlan(
    actions=[
        plans.Action(name=ACTION, state=plans.Action.STATE_OPEN),
        plans.Action(name=ENDED, state=plans.Action.STATE_MET),
    ],
    supports=[plans.Support(name=SUPPORT, state=plans.Support.STATE_OFFERED)],
)
TITLES = {"S1": "S1 Values", "S2": "S2 Relationships", "S5": "S5 Confidentiality"}
NAMES = Names(
    "Demo Effie Lochend",
    "sg-02218697",
    TITLES,
    TITLES
    | {
        PRAISE: "commendation, 3 November 2026, S2 Relationships",
        NEW: "feedback, 12 November 2026, S2 Relationships",
        CONCERN: "Late reports (report-late S4). 2 reports came later than due; the line is 2.",
        OWN: '"How reports should name other agencies"',
        ACTION: "change practice: Offer each child a meeting",
        SUPPORT: "mentoring",
    },
)


def instant(month: int, day: int, hour: int = 10) -> Any:
    return to_instant(datetime(2026, month, day, hour, tzinfo=UTC))


def frozen(**changed: Any) -> pb.SessionPack:
    """Return papers with something in each part."""
    section = pb.PackEntry
    fields: dict[str, Any] = {
        "name": f"{SESSION}/pack",
        "state": pb.SessionPack.STATE_FROZEN,
        "start_time": instant(12, 8),
        "freeze_time": instant(12, 1, 0),
        "hash": "6f1c20aa" * 8,
        "number": 2,
        "items_not_shared": 1,
        "entries": [
            section(section=section.SECTION_PRAISE, name=PRAISE, kind="commendation", standards=["S2"]),
            section(
                section=section.SECTION_NEW_EVIDENCE,
                name=NEW,
                kind="feedback",
                standards=["S2"],
                reply_due_date=to_date(date(2026, 12, 7)),
            ),
            section(section=section.SECTION_CONCERN, name=CONCERN),
            section(section=section.SECTION_NO_EVIDENCE, name="S5"),
            section(section=section.SECTION_CARRIED, name="S1", since_date=to_date(date(2026, 8, 3))),
        ],
        "own_items": [
            pb.OwnItem(name=OWN, words="How reports should name other agencies", add_time=instant(11, 30)),
        ],
    }
    return pb.SessionPack(**fields | changed)


def record(**changed: Any) -> pb.SessionRecord:
    """Return a shared record."""
    fields: dict[str, Any] = {
        "name": f"{SESSION}/record",
        "edition": 1,
        "state": pb.SessionRecord.STATE_SHARED,
        "pack_hash": "6f1c20aa" * 8,
        "held_date": to_date(date(2026, 12, 8)),
        "mode": "face_to_face",
        "author": "sm-1",
        "share_time": instant(12, 10),
        "answer_due_date": to_date(date(2026, 12, 24)),
        "content": pb.RecordContent(
            child_interest="The child's views were central.",
            views=[
                pb.StandardView(
                    standard="S2", word=pb.StandardView.WORD_DEVELOPING, basis=[NEW], words="Contact came late twice."
                ),
                pb.StandardView(standard="S5", word=pb.StandardView.WORD_NO_NEW_EVIDENCE),
            ],
            outcomes=[
                pb.AgendaOutcome(item=PRAISE, word=pb.AgendaOutcome.WORD_ACKNOWLEDGED),
                pb.AgendaOutcome(item=OWN, word=pb.AgendaOutcome.WORD_SETTLED, words="By their full names."),
            ],
        ),
    }
    return pb.SessionRecord(**fields | changed)


def agenda(**changed: Any) -> Agenda:
    return agenda_of(frozen(**changed), TITLES, PLAN)
