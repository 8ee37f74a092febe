"""Every word of a closed list fits the column that keeps it.

SQLite takes any length. PostgreSQL refuses a word that is too long, and with it each later event about the person.
"""

from collections.abc import Iterable

import pytest
from sqlalchemy import Column, String

from services.evidence.adapters import tables as evidence
from services.evidence.domain.drafts import DraftKind
from services.evidence.domain.evidence_item import Kind
from services.evidence.domain.feedback.link import Consent, Giver
from services.evidence.domain.safeguarder import State as Membership
from services.evidence.domain.standing import Timed
from services.notifications.adapters import tables as notifications
from services.notifications.domain import alert, notification
from services.notifications.domain.duty import DutyKind, DutyStands, OwedBy
from services.rules.adapters.store import tables as rules
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.concern import Reason
from services.rules.domain.concerns.history import Move
from services.rules.domain.rulebook import revisions

KEPT: list[tuple[Column[str], Iterable[str]]] = [
    (notifications.duty.c.kind, DutyKind),
    (notifications.duty.c.owed_by, OwedBy),
    (notifications.duty.c.stands, DutyStands),
    (notifications.notification.c.subject, notification.Subject),
    (notifications.notification.c.state, notification.State),
    (notifications.alert.c.lane, alert.Lane),
    (notifications.alert.c.state, alert.State),
    (notifications.alert.c.reason, alert.Reason),
    (evidence.known_duty.c.kind, Timed),
    (evidence.evidence_item.c.kind, Kind),
    (evidence.safeguarder.c.state, Membership),
    (evidence.draft.c.kind, DraftKind),
    (evidence.feedback_link.c.giver, Giver),
    (evidence.feedback_giver.c.consent, Consent),
    (rules.concern.c.state, State),
    (rules.concern.c.reason, Reason),
    (rules.concern_move.c.move, Move),
    (rules.rulebook_activation.c.kind, revisions.Kind),
]


@pytest.mark.parametrize(("column", "words"), KEPT, ids=lambda each: str(each) if isinstance(each, Column) else "")
def test_every_word_fits_its_column(column: Column[str], words: Iterable[str]) -> None:
    assert isinstance(column.type, String)
    longest = max(words, key=len)
    assert column.type.length is None or len(longest) <= column.type.length, longest
