"""The rulebook in force: loaded from its folder, kept in the database, replaced only by one that loads."""

import hashlib
import threading
from datetime import datetime
from pathlib import Path

import orjson
from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.database import Database, execute, from_micros, to_micros
from services.platform.outbox import add_events
from services.refusals import precondition
from services.rules import wire
from services.rules.adapters.rulebook_files import RulebookRefused, load_rulebook, rulebook_of_files
from services.rules.domain.decision_record import canonical_json
from services.rules.domain.rulebook import Rulebook

SHOWN_FAULTS = 20

_NEWEST = "SELECT files, loaded_at, hash FROM rulebook ORDER BY loaded_at DESC LIMIT 1"


class RulebookShelf:
    """Holds the rulebook in force, and the faults of a newer one that was refused."""

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self._folder = folder
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self.refused: tuple[str, ...] = ()
        self._not_ours = ""
        try:
            self._put(load_rulebook(folder))
        except RulebookRefused as refused:
            self.refused = _in_words(refused)
            self.current, self.loaded_at = self._last_good()

    def reload(self) -> Rulebook:
        """Read the folder again.

        Raises:
            Refusal: PRECONDITION with the places of the faults; the rulebook in force stays.
        """
        with self._lock:
            try:
                rulebook = load_rulebook(self._folder)
            except RulebookRefused as refused:
                self.refused = _in_words(refused)
                first = self.refused[0] if self.refused else ""
                raise precondition(
                    "RULEBOOK_REFUSED",
                    f"The rule files were refused with {len(self.refused)} faults; the rulebook in force stays.",
                    first_fault=first,
                ) from None
            self._put(rulebook)
            self.refused = ()
            return rulebook

    def catch_up(self) -> None:
        """Go on with the newest rulebook that any copy of the service has put in force; stay if it does not load."""
        with self._database.read() as connection:
            newest = execute(connection, _NEWEST).fetchone()
        if newest is None or newest[2] in (self.current.content_hash, self._not_ours):
            return
        with self._lock:
            try:
                self.current, self.loaded_at = self._last_good()
            except RulebookRefused as refused:
                self.refused, self._not_ours = _in_words(refused), newest[2]

    def _put(self, rulebook: Rulebook) -> None:
        now = self._clock.now()
        files = {str(file.relative_to(self._folder)): file.read_text() for file in sorted(self._folder.rglob("*.yaml"))}
        self._database.write(lambda tx: _keep(tx, rulebook, files, now))
        self.current, self.loaded_at = rulebook, now

    def _last_good(self) -> tuple[Rulebook, datetime]:
        with self._database.read() as connection:
            row = execute(connection, _NEWEST).fetchone()
        if row is None:
            raise SystemExit("\n".join(("The rulebook does not load, and none was in force before:", *self.refused)))
        return rulebook_of_files(orjson.loads(row[0])), from_micros(row[1])


def _in_words(refused: RulebookRefused) -> tuple[str, ...]:
    return tuple(str(fault) for fault in refused.faults[:SHOWN_FAULTS])


def _keep(connection: Connection, rulebook: Rulebook, files: dict[str, str], now: datetime) -> None:
    execute(
        connection,
        "INSERT INTO rulebook (hash, loaded_at, files) VALUES (?, ?, ?) "
        "ON CONFLICT (hash) DO UPDATE SET loaded_at = excluded.loaded_at",
        (rulebook.content_hash, to_micros(now), orjson.dumps(files).decode()),
    )
    for edition in rulebook.editions:
        content = hashlib.sha256(canonical_json(edition)).hexdigest()
        new = execute(
            connection,
            "INSERT INTO edition_published (edition, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (edition.edition_id, content),
        )
        if new.rowcount:
            add_events(connection, [(edition.edition_id, wire.edition_event(edition))], now)
