"""The rulebook in force: a revision that may be, loaded; replaced only by another that may be and loads."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import orjson
from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.events.outbox import add_events
from services.platform.storage.database import Database, execute, to_micros
from services.platform.telemetry.logs import log
from services.refusals import Refusal, precondition
from services.rules import wire
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.rule_files.folder import RulebookRefused, load_rulebook, rulebook_of_files
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import (
    RELEASE,
    Activation,
    Activations,
    Kind,
    Revision,
    come_into_force,
    may_be_loaded,
)
from services.rules.wire.standards import edition_event

SHOWN_FAULTS = 20
NOT_VOUCHED_FOR = "no approval by a second person is signed by a key of this service"

_IN_FORCE = "SELECT content_hash FROM rulebook_activation WHERE in_force_at IS NOT NULL ORDER BY number DESC LIMIT 1"
_LAST_BEFORE_REVISIONS = "SELECT files FROM rulebook WHERE loaded_at > 0 ORDER BY loaded_at DESC LIMIT 1"


class RulebookInForce:
    """Holds the rulebook in force, and the faults of a newer one that was refused.

    `needs_approval`: whether files of the folder that are new wait, as a draft revision, for a second person; without,
    they come into force at once. The files of the first start need nobody: they came with the release.
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        clock: Clock,
        approval_key: ApprovalKey | None = None,
        needs_approval: bool = True,
    ) -> None:
        self._folder = folder
        self._database = database
        self._clock = clock
        self._approval_key = approval_key or ApprovalKey()
        self.needs_approval = needs_approval
        self._lock = threading.Lock()
        self.refused: tuple[str, ...] = ()
        self.waiting_hash = ""
        """Content of the folder that is not in force; empty for none."""
        self._not_ours = ""
        self.current, self.loaded_at = self._start()

    def reload(self, person: str) -> Rulebook:
        """Read the folder again, for a person: in force at once, or a draft revision of theirs.

        Raises:
            Refusal: PRECONDITION with the places of the faults; the rulebook in force stays.
        """
        with self._lock:
            try:
                rulebook, files = self._read_folder()
            except RulebookRefused as refused:
                self.refused = in_words(refused)
                raise files_refused(refused) from None
            if not self.needs_approval:
                self._put(rulebook, files, Kind.RELOAD, person)
                self.current, self.loaded_at = rulebook, self._clock.now()
            elif rulebook.content_hash != self.current.content_hash:
                self._submit(rulebook, files, person)
            self.waiting_hash = "" if rulebook.content_hash == self.current.content_hash else rulebook.content_hash
            self.refused = ()
            return rulebook

    def stored(self, content_hash: str) -> Rulebook:
        """The rulebook of a stored content. Raises RulebookRefused when it does not load, as it did when submitted."""
        if content_hash == self.current.content_hash:
            return self.current
        with self._database.read() as connection:
            files = SqlRevisions(connection).files(content_hash)
        return rulebook_of_files(files)

    def take_up_due(self) -> None:
        """Put what was scheduled in force when its time has come, once for all copies; and follow what is in force."""
        now = self._clock.now()
        with self._database.read() as connection:
            due = SqlRevisions(connection).plan().scheduled
        if due is not None and due.effective_at <= now:
            try:
                rulebook = self.stored(due.content_hash)
            except RulebookRefused as refused:
                faults = in_words(refused)
                self._database.write(lambda tx: self._refuse(tx, due, faults[0]))
            else:
                self._database.write(lambda tx: self._take_up(tx, due, rulebook, now))
        self.catch_up()

    def catch_up(self) -> None:
        """Go on with the revision that any copy of the service has put in force; stay if it may not be or fails."""
        with self._database.read() as connection:
            newest = execute(connection, _IN_FORCE).fetchone()
        if newest is None or newest[0] in (self.current.content_hash, self._not_ours):
            return
        with self._lock:
            self.refused = ()
            self.current, self.loaded_at = self._last_good(self._plan())
            if self.current.content_hash != newest[0]:
                self._not_ours = newest[0]
                log().error("rulebook_refused", reason="not_taken_up")

    def _start(self) -> tuple[Rulebook, datetime]:
        plan = self._plan()
        found: tuple[Rulebook, Mapping[str, str]] | None
        try:
            found = self._read_folder()
        except RulebookRefused as refused:
            self.refused = in_words(refused)
            found = self._kept_before_revisions(plan)
        if found is None:
            return self._last_good(plan)
        rulebook, files = found
        if plan.in_force is None:
            self._put(rulebook, files, Kind.RELEASE, RELEASE)
        elif not self._is_known(rulebook):
            if self.needs_approval:
                self._submit(rulebook, files, RELEASE)
            else:
                self._put(rulebook, files, Kind.RELOAD, RELEASE)
        plan = self._plan()
        in_force = plan.in_force
        if in_force is not None and in_force.content_hash == rulebook.content_hash and self._may_be(plan, in_force):
            return rulebook, in_force.in_force_at or self._clock.now()
        self.waiting_hash = rulebook.content_hash
        return self._last_good(plan)

    def _read_folder(self) -> tuple[Rulebook, dict[str, str]]:
        rulebook = load_rulebook(self._folder)
        files = sorted(self._folder.rglob("*.yaml"))
        return rulebook, {file.relative_to(self._folder).as_posix(): file.read_text() for file in files}

    def _kept_before_revisions(self, plan: Activations) -> tuple[Rulebook, Mapping[str, str]] | None:
        """What a release without revisions had in force; None when there is none, or revisions say what is."""
        if plan.in_force is not None:
            return None
        with self._database.read() as connection:
            row = execute(connection, _LAST_BEFORE_REVISIONS).fetchone()
        if row is None:
            return None
        files = orjson.loads(row[0])
        return rulebook_of_files(files), files

    def _plan(self) -> Activations:
        with self._database.read() as connection:
            return SqlRevisions(connection).plan()

    def _is_known(self, rulebook: Rulebook) -> bool:
        with self._database.read() as connection:
            return SqlRevisions(connection).find(rulebook.content_hash) is not None

    def _may_be(self, plan: Activations, activation: Activation) -> bool:
        with self._database.read() as connection:
            revision = SqlRevisions(connection).find(activation.content_hash)
        vouched = revision is not None and self._approval_key.vouches_for(revision)
        return may_be_loaded(plan, activation, vouched, self.needs_approval)

    def _last_good(self, plan: Activations) -> tuple[Rulebook, datetime]:
        """The newest that was in force, may be, and loads; what is wrong with newer ones is kept to be shown."""
        for activation in reversed(plan.past):
            if not self._may_be(plan, activation):
                self.refused = (*self.refused, f"{activation.content_hash[:12]}: {NOT_VOUCHED_FOR}")
                continue
            try:
                with self._database.read() as connection:
                    files = SqlRevisions(connection).files(activation.content_hash)
                return rulebook_of_files(files), activation.in_force_at or self._clock.now()
            except RulebookRefused as refused:
                self.refused = (*self.refused, *in_words(refused))
        raise SystemExit("\n".join(("The rulebook does not load, and none was in force before:", *self.refused)))

    def _submit(self, rulebook: Rulebook, files: Mapping[str, str], author: str) -> None:
        now = self._clock.now()
        self._database.write(lambda tx: _keep_revision(SqlRevisions(tx), rulebook, files, author, now))

    def _put(self, rulebook: Rulebook, files: Mapping[str, str], kind: Kind, person: str) -> None:
        now = self._clock.now()

        def work(connection: Connection) -> None:
            revisions = SqlRevisions(connection)
            _keep_revision(revisions, rulebook, files, person, now)
            plan = revisions.plan()
            if plan.in_force is None or plan.in_force.content_hash != rulebook.content_hash:
                number = revisions.next_number()
                why = "The files of the folder"
                activation = Activation(number, rulebook.content_hash, kind, person, why, now, in_force_at=now)
                revisions.add_activation(activation)
                put_in_force(connection, plan, activation, rulebook)

        self._database.write(work)

    def _take_up(self, connection: Connection, due: Activation, rulebook: Rulebook, now: datetime) -> None:
        revisions = SqlRevisions(connection)
        plan = revisions.plan()
        if plan.scheduled != due:
            return  # another copy was first, or it was taken back
        revision = revisions.find(due.content_hash)
        if revision is None or not self._approval_key.vouches_for(revision):
            self._refuse(connection, due, NOT_VOUCHED_FOR)
            return
        activation = come_into_force(due, now)
        revisions.settle(activation)
        put_in_force(connection, plan, activation, rulebook)

    def _refuse(self, connection: Connection, due: Activation, why: str) -> None:
        revisions = SqlRevisions(connection)
        if revisions.plan().scheduled == due:
            revisions.settle(replace(due, refused=why))
            self.refused = (f"{due.content_hash[:12]}: {why}",)
            log().error("rulebook_refused", reason="not_taken_up")


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write texts by file name below a folder. The names have been looked at."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def in_words(refused: RulebookRefused) -> tuple[str, ...]:
    """The first faults, a line each."""
    return tuple(str(fault) for fault in refused.faults[:SHOWN_FAULTS])


def files_refused(refused: RulebookRefused) -> Refusal:
    """That rule files have faults, with the first of them."""
    return precondition(
        "RULEBOOK_REFUSED",
        f"The rule files were refused with {len(refused.faults)} faults; the rulebook in force stays.",
        first_fault=next(iter(in_words(refused)), ""),
    )


def put_in_force(connection: Connection, before: Activations, activation: Activation, rulebook: Rulebook) -> None:
    """What follows when a revision comes into force: it is told, and everyone is evaluated by it."""
    at = activation.in_force_at or activation.effective_at
    execute(connection, "UPDATE rulebook SET loaded_at = ? WHERE hash = ?", (to_micros(at), rulebook.content_hash))
    _publish_editions(connection, rulebook, at)
    previous = before.in_force
    if previous is None or previous.content_hash == rulebook.content_hash:
        return
    event = wire.rulebook_event(rulebook.content_hash, previous.content_hash, at)
    add_events(connection, [(rulebook.content_hash, event)], at)
    if activation.kind in (Kind.ACTIVATION, Kind.ROLLBACK):
        facts = SqlFacts(connection)
        for safeguarder_id in facts.everyone():
            facts.ask_for_evaluation(safeguarder_id, instead_of=previous.content_hash)


def _publish_editions(connection: Connection, rulebook: Rulebook, at: datetime) -> None:
    for edition in rulebook.editions:
        content = hashlib.sha256(canonical_json(edition)).hexdigest()
        new = execute(
            connection,
            "INSERT INTO edition_published (edition, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (edition.edition_id, content),
        )
        if new.rowcount:
            add_events(connection, [(edition.edition_id, edition_event(edition))], at)


def _keep_revision(
    revisions: SqlRevisions, rulebook: Rulebook, files: Mapping[str, str], author: str, now: datetime
) -> None:
    if revisions.find(rulebook.content_hash) is None:
        revisions.add(Revision(rulebook.content_hash, author, "The files of the folder", now), files)
