"""The register and the personal files in the database, in the current transaction."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import yaml
from sqlalchemy import ColumnElement, Connection, TextClause, and_, func, or_, select, text, true, update

from services.evidence.adapters.bodies import body_of, derived_of, edition_of, item_of, safeguarder_of, stages_of
from services.evidence.adapters.record_numbers import complaint_numbers
from services.evidence.adapters.senders import known_bodies, own_kinds
from services.evidence.adapters.tables import (
    evidence_item,
    evidence_text,
    evidence_version,
    safeguarder,
)
from services.evidence.domain.complaints.stages import ComplaintNumbers
from services.evidence.domain.deliveries import judged_id
from services.evidence.domain.evidence_item import EvidenceItem, ItemState, Kind
from services.evidence.domain.life_of_an_item import identify
from services.evidence.domain.report_sample import ReportsNotAvailable
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.senders import Bodies
from services.evidence.domain.standards import KnownEdition
from services.evidence.wire import items as wire
from services.evidence.wire import register as register_wire
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, execute_many, insert_sql, key_taken, to_micros
from services.platform.telemetry.traces import traceparent
from services.refusals import invalid

AREAS_FILE = Path(__file__).parents[1] / "data" / "areas.yaml"
_ADD_ITEM, _ADD_TEXT, _ADD_VERSION = insert_sql(evidence_item), insert_sql(evidence_text), insert_sql(evidence_version)
_ADD_PERSON = insert_sql(safeguarder)
_PEOPLE = f"SELECT {', '.join(safeguarder.columns.keys())} FROM safeguarder"  # noqa: S608  names of our own table


@functools.cache
def known_areas() -> frozenset[str]:
    """Return the ids of the areas a Safeguarder can serve. The file is part of the package, so it is read once."""
    return frozenset(yaml.safe_load(AREAS_FILE.read_text()))


_HELD, _UNIDENTIFIED = text("(held OR to_look_at <> '')"), text("NOT identified")
_NOT_LOOKED_THROUGH, _A_COMPLAINT = text("NOT looked_through"), text("kind = 'complaint'")
"""Written as in the indexes of these items: SQLite would not use them for `held = 1` and `identified = 0`."""


class SqlRegister:
    """The register of Safeguarders."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, safeguarder_id: str) -> Safeguarder | None:
        """Return the entry of a Safeguarder, or None."""
        return self.find_many([safeguarder_id]).get(safeguarder_id)

    def find_many(self, safeguarder_ids: Sequence[str]) -> dict[str, Safeguarder]:
        """Return the entries that exist, by id."""
        if not safeguarder_ids:
            return {}
        marks = ", ".join("?" * len(safeguarder_ids))
        rows = execute(self._connection, f"{_PEOPLE} WHERE safeguarder_id IN ({marks})", safeguarder_ids)
        return {row[0]: safeguarder_of(row) for row in rows}

    def known_areas(self) -> frozenset[str]:
        """Return the ids of the areas a Safeguarder can serve."""
        return known_areas()

    def bodies(self) -> Bodies:
        """Return the bodies whose systems send evidence, by name."""
        return known_bodies()

    def own_kinds(self) -> frozenset[Kind]:
        """Return the kinds of evidence that a Safeguarder records about themselves."""
        return own_kinds()

    def complaint_numbers(self) -> ComplaintNumbers:
        """Return the time limits of complaints."""
        return complaint_numbers()

    def page(self, after: str, most: int) -> list[Safeguarder]:
        """Return the entries after an id, in order of id."""
        query = select(safeguarder).where(safeguarder.c.safeguarder_id > after).order_by(safeguarder.c.safeguarder_id)
        return [safeguarder_of(row) for row in self._connection.execute(query.limit(most))]

    def add(self, entry: Safeguarder) -> None:
        """Add a person."""
        row = (
            entry.safeguarder_id,
            entry.display_name,
            orjson.dumps(entry.areas).decode(),
            entry.state.value,
            orjson.dumps(entry.terms).decode(),
            entry.demo,
            to_micros(entry.created_at),
            entry.version,
            entry.panel_number or None,
            None,
        )
        execute(self._connection, _ADD_PERSON, row)

    def find_number(self, panel_number: str) -> Safeguarder | None:
        """Return the entry of the person with a panel number, or None."""
        row = execute(self._connection, f"{_PEOPLE} WHERE panel_number = ?", (panel_number,)).fetchone()
        return safeguarder_of(row) if row else None

    def everybody(self) -> list[Safeguarder]:
        """Return every entry, in order of id."""
        return [safeguarder_of(row) for row in execute(self._connection, f"{_PEOPLE} ORDER BY safeguarder_id")]

    def set_number(self, entry: Safeguarder) -> None:
        """Store the panel number of a person."""
        self._connection.execute(
            update(safeguarder)
            .where(safeguarder.c.safeguarder_id == entry.safeguarder_id)
            .values(panel_number=entry.panel_number, version=entry.version)
        )

    def publish_reports_not_available(self, missing: ReportsNotAvailable) -> None:
        """Publish that reports of a person could not be sampled. The outbox keeps the event for good."""
        event = register_wire.reports_not_available_event(missing)
        add_events(self._connection, [(missing.safeguarder_id, event)], missing.recorded_at, traceparent())


@dataclass(frozen=True, slots=True)
class Which:
    """What a list of items is limited to. Empty or None: no limit."""

    people: Listed
    kind: str = ""
    standard: str = ""
    id_prefix: str = ""
    own: bool = False
    """Only what the person concerned may see."""
    held_too: bool = False
    rows: tuple[TextClause, ...] = ()
    """Other conditions on the row of an item."""


class SqlFile:
    """The personal files."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, evidence_id: str) -> EvidenceItem | None:
        """Return the item, or None."""
        return self.find_many([evidence_id]).get(evidence_id)

    def find_many(self, evidence_ids: Sequence[str]) -> dict[str, EvidenceItem]:
        """Return the items that exist, by id."""
        return {item.evidence_id: item for item in self._items(evidence_item.c.evidence_id.in_(evidence_ids))}

    def of_cases(self, cases: Sequence[tuple[str, str]]) -> list[EvidenceItem]:
        """Return all items with these pairs of Safeguarder and case reference, oldest first, whatever their state."""
        if not cases:
            return []
        people, references = ({pair[place] for pair in cases} for place in (0, 1))
        item = evidence_item.c
        found = self._items(and_(item.safeguarder_id.in_(people), item.case_reference.in_(references)))
        wanted = [found for found in found if (found.safeguarder_id, found.content.case_reference) in set(cases)]
        return sorted(wanted, key=lambda item: (item.created_at, item.content.received_on))

    def of_kind(self, safeguarder_id: str, kind: Kind) -> list[EvidenceItem]:
        """Return a person's items of one kind, newest first."""
        return self._items(and_(evidence_item.c.safeguarder_id == safeguarder_id, evidence_item.c.kind == kind.value))

    def complaints_about(self, people: Sequence[str]) -> list[EvidenceItem]:
        """Return the complaints about these people, newest first, whatever their state."""
        return self._items(and_(evidence_item.c.safeguarder_id.in_(people), _A_COMPLAINT)) if people else []

    def of_person(self, safeguarder_id: str) -> list[EvidenceItem]:
        """Return a person's items, newest first."""
        return self._items(evidence_item.c.safeguarder_id == safeguarder_id)

    def identify_earlier_items(self, most: int, now: datetime) -> int:
        """Publish which report each of at most `most` items of an earlier release is about. Return how many were left.

        That release stored neither the case reference in a column nor the identity in the event.
        """
        items = self._items(_UNIDENTIFIED, most)
        for item in items:
            if item.state is ItemState.CURRENT and judged_id(item.safeguarder_id, item.content):
                self.change(identify(item, now), "identified")
        known = [
            (item.content.case_reference, item.shown_to_the_person is not None, item.evidence_id) for item in items
        ]
        if known:
            statement = (
                "UPDATE evidence_item SET case_reference = ?, open_to_the_person = ?, identified = true "
                "WHERE evidence_id = ?"
            )
            execute_many(self._connection, statement, known)
        return len(items)

    def find_receipt(self, receipt_id: str, sender: str) -> EvidenceItem | None:
        """Return the item of a receipt, or None if the receipt belongs to another sender."""
        found = self._items(and_(evidence_item.c.receipt_id == receipt_id, evidence_item.c.sender == sender))
        return found[0] if found else None

    def page(self, which: Which, after: tuple[str, str] | None, most: int) -> list[EvidenceItem]:
        """Return items after a place in the list, newest first."""
        item = evidence_item.c
        conditions: list[Any] = [_earlier(after), *which.people.limits(item.safeguarder_id), *which.rows]
        if which.kind:
            conditions.append(item.kind == which.kind)
        if which.standard:
            conditions.append(item.standards.contains(f" {which.standard} ", autoescape=True))
        if which.id_prefix:
            conditions.append(item.evidence_id.startswith(which.id_prefix, autoescape=True))
        if which.own:
            conditions.append(item.open_to_the_person)
        if not which.held_too:
            conditions.append(~item.held)
        return self._items(and_(*conditions), most)

    def held(self, people: Listed, after: tuple[str, str] | None, most: int) -> list[EvidenceItem]:
        """Return items about some people with a text to look at after a place in the list, newest first."""
        item = evidence_item.c
        return self._items(and_(_HELD, *people.limits(item.safeguarder_id), _earlier(after)), most)

    def _items(self, condition: object, most: int | None = None) -> list[EvidenceItem]:
        first = evidence_version.alias("first")
        query = (
            select(
                evidence_item,
                func.coalesce(first.c.recorded_at, evidence_item.c.recorded_at).label("created_at"),
                func.coalesce(evidence_text.c.summary, "").label("summary"),
                func.coalesce(evidence_text.c.reply, "").label("reply"),
            )
            # An item without any text has no row in evidence_text, and texts can be deleted apart from the facts.
            .outerjoin(evidence_text, evidence_text.c.evidence_id == evidence_item.c.evidence_id)
            # Only an item that was changed has its first version there.
            .outerjoin(first, and_(first.c.evidence_id == evidence_item.c.evidence_id, first.c.version == 1))
            .where(condition)  # type: ignore[arg-type]  # a column condition of SQLAlchemy's own type
            .order_by(evidence_item.c.received_on.desc(), evidence_item.c.evidence_id.desc())
            .limit(most)
        )
        return [item_of(row, (row.summary, row.reply)) for row in self._connection.execute(query)]

    def record(self, items: Sequence[EvidenceItem]) -> None:
        """Add new items and publish each as recorded. Publish that something is held, if one of them is.

        Raises:
            Refusal: REQUEST_ID_REUSED if another method, such as an import, used the request id of an item before.
        """
        if not items:
            return
        try:
            execute_many(self._connection, _ADD_ITEM, [_row(item) for item in items])
        except key_taken(self._connection):
            message = "An item with this request_id was already recorded. Use a new UUID for a new request."
            raise invalid("REQUEST_ID_REUSED", message, "request_id") from None
        texts = [
            (item.evidence_id, item.content.summary, item.content.reply_text)
            for item in items
            if item.content.summary or item.content.reply_text
        ]
        if texts:
            execute_many(self._connection, _ADD_TEXT, texts)
        # Nobody else learns of a held item before a person has looked at it (P23).
        known = [item for item in items if item.state is not ItemState.HELD]
        events = [(item.safeguarder_id, wire.item_event(item, "recorded")) for item in known]
        if any(item.state is ItemState.HELD or item.to_look_at for item in items):
            events.append(wire.words_held())
        if events:
            add_events(self._connection, events, items[0].recorded_at, traceparent())

    def change(self, item: EvidenceItem, what: str) -> None:
        """Store a new version of an item, keep the old one, and publish the change.

        A held item that is withdrawn loses its text and is not published: nobody else knew of it.
        """
        old = self._connection.execute(
            select(evidence_item).where(evidence_item.c.evidence_id == item.evidence_id)
        ).one()
        execute(self._connection, _ADD_VERSION, (item.evidence_id, old.version, old.recorded_at, old.body))
        values = dict(zip(evidence_item.columns.keys(), _row(item), strict=True))
        self._connection.execute(
            update(evidence_item).where(evidence_item.c.evidence_id == item.evidence_id).values(values)
        )
        if item.content.reply_text:
            # An item that was recorded without any text has no row yet.
            execute(
                self._connection,
                "INSERT INTO evidence_text (evidence_id, summary, reply) VALUES (?, ?, ?) "
                "ON CONFLICT (evidence_id) DO UPDATE SET reply = excluded.reply",
                (item.evidence_id, item.content.summary, item.content.reply_text),
            )
        if old.held and item.state is ItemState.WITHDRAWN:
            execute(self._connection, "DELETE FROM evidence_text WHERE evidence_id = ?", (item.evidence_id,))
            return
        events = [(item.safeguarder_id, wire.item_event(item, what))]
        if len(item.to_look_at) > len(old.to_look_at.split()):
            events.append(wire.words_held())
        add_events(self._connection, events, item.recorded_at, traceparent())

    def put_texts(self, item: EvidenceItem) -> None:
        """Store the texts of an item, and which of them a person has still to look at. No service has them."""
        texts = (item.content.summary, item.content.reply_text, item.evidence_id)
        execute(self._connection, "UPDATE evidence_text SET summary = ?, reply = ? WHERE evidence_id = ?", texts)
        waits = (_words(item), item.evidence_id)
        execute(self._connection, "UPDATE evidence_item SET to_look_at = ? WHERE evidence_id = ?", waits)

    def not_looked_through(self, most: int) -> list[EvidenceItem]:
        """Return items of earlier releases that nobody has looked through. Other copies do not get them meanwhile."""
        column = evidence_item.c.evidence_id
        query = select(column).where(_NOT_LOOKED_THROUGH).order_by(column).limit(most)
        ids = list(self._connection.execute(query.with_for_update(skip_locked=True)).scalars())
        return list(self.find_many(ids).values()) if ids else []

    def looked_through(self, items: Sequence[EvidenceItem]) -> None:
        """Store what was found in items of earlier releases, and do not return them again."""
        found = [(_words(item), body_of(item), item.evidence_id) for item in items]
        statement = "UPDATE evidence_item SET to_look_at = ?, body = ?, looked_through = true WHERE evidence_id = ?"
        execute_many(self._connection, statement, found)

    def is_to_look_at(self) -> tuple[bool, bool]:
        """Return whether nobody has looked through an item of an earlier release, and whether a text is held."""
        looks = [f"EXISTS (SELECT 1 FROM evidence_item WHERE {which})" for which in (_NOT_LOOKED_THROUGH, _HELD)]  # noqa: S608
        earlier, held = execute(self._connection, f"SELECT {', '.join(looks)}").fetchone()
        return bool(earlier), bool(held)

    def say_held(self, now: datetime) -> None:
        """Publish that something is held."""
        add_events(self._connection, [wire.words_held()], now, traceparent())

    def editions(self) -> Sequence[KnownEdition]:
        """Return the known editions of the Practice Standards."""
        rows = execute(self._connection, "SELECT edition, effective_on, indicators, became FROM standards_edition")
        return [edition_of(*row) for row in rows]

    def remember_edition(self, edition: KnownEdition) -> None:
        """Store an edition that rules has published."""
        indicators = {standard: sorted(ids) for standard, ids in edition.indicators.items()}
        execute(
            self._connection,
            "INSERT INTO standards_edition (edition, effective_on, indicators, became) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (edition) DO UPDATE SET effective_on = excluded.effective_on, "
            "indicators = excluded.indicators, became = excluded.became",
            (
                edition.edition,
                edition.effective_on.isoformat(),
                orjson.dumps(indicators).decode(),
                orjson.dumps(dict(edition.became)).decode(),
            ),
        )

    def forget_edition(self, edition: str) -> None:
        """Remove an edition that rules has withdrawn."""
        execute(self._connection, "DELETE FROM standards_edition WHERE edition = ?", (edition,))


def _row(item: EvidenceItem) -> tuple[object, ...]:
    content = item.content
    standards = sorted({mapping.standard for mapping in content.mappings})
    return (
        item.evidence_id,
        item.safeguarder_id,
        item.version,
        to_micros(item.recorded_at),
        content.received_on.isoformat(),
        content.kind.value,
        f" {' '.join(standards)} ",
        item.shown_to_the_person is not None,
        item.receipt_id,
        item.sender,
        content.case_reference,
        True,
        item.state is ItemState.HELD,
        _words(item),
        True,
        derived_of(item),
        body_of(item),
        item.under_review,
        stages_of(item),
    )


def _words(item: EvidenceItem) -> str:
    return " ".join(sorted(item.to_look_at))


def _earlier(after: tuple[str, str] | None) -> ColumnElement[bool]:
    """Return the condition for what comes after a place in a list, newest first. The id breaks ties of a day."""
    if after is None:
        return true()
    item, (day, evidence_id) = evidence_item.c, after
    return or_(item.received_on < day, and_(item.received_on == day, item.evidence_id < evidence_id))
