"""The steps on leave and suspensions: the method that takes each form, and what it asks."""

from collections.abc import Mapping

from services.console.forms.asked import Asks, RecordStep
from services.console.views.form import CHOICE, DAY, TICKS, WORDS

WHOLE, LEAVE, SUSPENSION = "away", "leave", "suspension"
READ_BACK = "read_back"
"""The question whether a leave that somebody else enters was read back. The Safeguarder is not asked it."""
_YES = ("yes",)

_STEPS = (
    RecordStep(
        WHOLE,
        "leave",
        "RequestLeave",
        (
            Asks(CHOICE, "kind"),
            Asks(DAY, "start_date"),
            Asks(DAY, "end_date", needed=False),
            Asks(TICKS, READ_BACK, needed=False, offered=_YES),
        ),
        ("ASK_FIRST", "TIME_AWAY_ON_FILE"),
    ),
    RecordStep(
        WHOLE,
        "suspend",
        "SuspendSafeguarder",
        (
            Asks(CHOICE, "reason"),
            Asks(CHOICE, "policy", needed=False, only_after="SAY_THE_POLICY"),
            Asks(DAY, "notice_date"),
            Asks(DAY, "start_date", needed=False),
            Asks(DAY, "review_date"),
        ),
        ("SAY_THE_POLICY", "NOTICE_FIRST", "REVIEW_DATE", "TIME_AWAY_ON_FILE"),
    ),
    RecordStep(LEAVE, "answer", "AgreeLeave", (Asks(CHOICE, "answer"), Asks(WORDS, "because", needed=False))),
    RecordStep(
        LEAVE, "end", "EndLeave", (Asks(DAY, "end_date", needed=False), Asks(TICKS, "not_taken", False, offered=_YES))
    ),
    RecordStep(
        SUSPENSION,
        "review",
        "ReviewSuspension",
        (Asks(DAY, "review_date"), Asks(DAY, "reviewed_date", needed=False)),
        ("REVIEW_DATE",),
    ),
    RecordStep(SUSPENSION, "lift", "LiftSuspension", (Asks(CHOICE, "reason"), Asks(DAY, "lift_date", needed=False))),
)
STEPS: Mapping[tuple[str, str], RecordStep] = {(one.kind, one.step): one for one in _STEPS}
"""Each step by the kind of its record and its name in an address."""
