"""Feedback links in the database, in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from services.calendar_days import london_today
from services.evidence.adapters.tables import feedback_giver, feedback_link, feedback_session
from services.evidence.domain.feedback.link import (
    Consent,
    FeedbackLink,
    Giver,
    GiverKept,
    LinkState,
    Session,
    hash_of,
)
from services.evidence.wire.feedback.links import safety_event
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, to_micros
from services.platform.telemetry.traces import traceparent

_LINK, _SESSION, _GIVER = feedback_link.c, feedback_session.c, feedback_giver.c


class SqlFeedbackLinks:
    """Links, their sessions, and what their givers say of themselves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, link: FeedbackLink) -> None:
        """Add a link."""
        self._connection.execute(feedback_link.insert().values(link_id=link.link_id, **_values(link)))

    def change(self, link: FeedbackLink) -> None:
        """Store a link in place of what it was."""
        self._connection.execute(update(feedback_link).where(_LINK.link_id == link.link_id).values(_values(link)))

    def find(self, link_id: str) -> FeedbackLink | None:
        """Return a link, or None."""
        return self._one(_LINK.link_id == link_id)

    def of_token(self, token: str) -> FeedbackLink | None:
        """Return the link of a token, or None. Only the hash is compared."""
        return self._one(_LINK.token_hash == hash_of(token))

    def of_code(self, code: str) -> FeedbackLink | None:
        """Return the link whose giver was given a code, or None."""
        return self._one(_LINK.code == code) if code else None

    def page(
        self, people: Listed, state: LinkState | None, now: datetime, after: tuple[int, str] | None, most: int
    ) -> list[FeedbackLink]:
        """Return links about some people after a place in the list, the newest first. `state`: None for all."""
        conditions = [*people.limits(_LINK.safeguarder_id), *_in_state(state, now)]
        if after is not None:
            at, link_id = after
            conditions.append(or_(_LINK.made_at < at, and_(_LINK.made_at == at, _LINK.link_id < link_id)))
        query = select(feedback_link).where(*conditions).order_by(_LINK.made_at.desc(), _LINK.link_id.desc())
        return [_link(row) for row in self._connection.execute(query.limit(most))]

    def begin(self, session: Session) -> None:
        """Add a session. One that is there already stays as it is."""
        if self.session(session.session_hash) is None:
            row = {"session_hash": session.session_hash, "link_id": session.link_id}
            self._connection.execute(feedback_session.insert().values(ends_at=to_micros(session.ends_at), **row))

    def session(self, session_hash: str) -> Session | None:
        """Return a session by the hash of its secret, or None."""
        query = select(feedback_session).where(_SESSION.session_hash == session_hash)
        row = self._connection.execute(query).first()
        return Session(row.session_hash, row.link_id, from_micros(row.ends_at)) if row else None

    def keep_giver(self, kept: GiverKept) -> None:
        """Store what a giver says of themselves."""
        until = kept.contact_until_on.isoformat() if kept.contact else ""
        row = {"link_id": kept.link_id, "consent": kept.consent or "", "contact": kept.contact}
        self._connection.execute(feedback_giver.insert().values(contact_until_on=until, **row))

    def givers(self, link_ids: Sequence[str], today: date) -> dict[str, GiverKept]:
        """Return what givers say of themselves, by their links. A contact whose day is over is as if it was deleted."""
        if not link_ids:
            return {}
        query = select(feedback_giver).where(_GIVER.link_id.in_(link_ids))
        return {row.link_id: _giver(row, today) for row in self._connection.execute(query)}

    def items_to_ask_about(self, safeguarder_id: str) -> list[str]:
        """Return the ids of a person's items, as they were sent, whose givers want to talk about them first."""
        asked = and_(_GIVER.link_id == _LINK.link_id, _GIVER.consent == Consent.ASK_FIRST.value)
        query = select(_LINK.evidence_id).join(feedback_giver, asked).where(_LINK.safeguarder_id == safeguarder_id)
        return list(self._connection.execute(query).scalars())

    def say_unsafe(self, link: FeedbackLink, now: datetime) -> None:
        """Publish that somebody said that they, or a child, are not safe."""
        add_events(self._connection, [safety_event(link)], now, traceparent())

    def any_over(self, now: datetime) -> bool:
        """Return whether there is a session or a contact whose time is over."""
        session = "SELECT 1 FROM feedback_session WHERE ends_at <= ? LIMIT 1"
        contact = "SELECT 1 FROM feedback_giver WHERE contact_until_on <> '' AND contact_until_on < ? LIMIT 1"
        looks = (session, to_micros(now)), (contact, london_today(now).isoformat())
        return any(execute(self._connection, look, (before,)).fetchone() is not None for look, before in looks)

    def delete_over(self, now: datetime) -> None:
        """Delete the sessions and contacts whose time is over."""
        self._connection.execute(delete(feedback_session).where(_SESSION.ends_at <= to_micros(now)))
        emptied = {"contact": "", "contact_until_on": ""}
        self._connection.execute(update(feedback_giver).where(_contact_over(london_today(now))).values(emptied))

    def _one(self, condition: ColumnElement[bool]) -> FeedbackLink | None:
        row = self._connection.execute(select(feedback_link).where(condition)).first()
        return _link(row) if row else None


def _contact_over(today: date) -> ColumnElement[bool]:
    return and_(_GIVER.contact_until_on != "", _GIVER.contact_until_on < today.isoformat())


def _in_state(state: LinkState | None, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for links in a state, as `FeedbackLink.state` says it."""
    if state is None:
        return []
    unsent, kept = _LINK.sent_at.is_(None), _LINK.revoked_at.is_(None)
    limits: dict[LinkState, list[ColumnElement[bool]]] = {
        LinkState.SENT: [~unsent],
        LinkState.REVOKED: [unsent, ~kept],
        LinkState.OPEN: [unsent, kept, _LINK.ends_at > to_micros(now)],
        LinkState.EXPIRED: [unsent, kept, _LINK.ends_at <= to_micros(now)],
    }
    return limits[state]


def _values(link: FeedbackLink) -> dict[str, Any]:
    return {
        "safeguarder_id": link.safeguarder_id,
        "giver": link.giver.value,
        "happened_on": link.happened_on.isoformat(),
        "case_reference": link.case_reference,
        "token_hash": link.token_hash,
        "made_by": link.made_by,
        "made_at": to_micros(link.made_at),
        "ends_at": to_micros(link.ends_at),
        "revoked_at": to_micros(link.revoked_at) if link.revoked_at else None,
        "sent_at": to_micros(link.sent_at) if link.sent_at else None,
        "code": link.code or None,
        "evidence_id": link.evidence_id,
        "hints": " ".join(link.hints),
    }


def _link(row: Any) -> FeedbackLink:
    return FeedbackLink(
        link_id=row.link_id,
        safeguarder_id=row.safeguarder_id,
        giver=Giver(row.giver),
        happened_on=date.fromisoformat(row.happened_on),
        case_reference=row.case_reference,
        token_hash=row.token_hash,
        made_by=row.made_by,
        made_at=from_micros(row.made_at),
        ends_at=from_micros(row.ends_at),
        revoked_at=from_micros(row.revoked_at) if row.revoked_at is not None else None,
        sent_at=from_micros(row.sent_at) if row.sent_at is not None else None,
        code=row.code or "",
        evidence_id=row.evidence_id,
        hints=tuple(row.hints.split()),
    )


def _giver(row: Any, today: date) -> GiverKept:
    until = date.fromisoformat(row.contact_until_on) if row.contact_until_on else today
    is_kept = bool(row.contact_until_on) and today <= until
    return GiverKept(row.link_id, Consent(row.consent) if row.consent else None, row.contact if is_kept else "", until)
