"""The rulebook in force, loaded. Only a rulebook that may be in force and loads can replace it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log
from services.refusals import Refusal, precondition
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.rule_files.folder import (
    SHIPPED,
    RulebookRefused,
    check_stored,
    load_rulebook,
    rulebook_of_files,
    stored_rulebook,
)
from services.rules.adapters.rule_files.released import RELEASED
from services.rules.adapters.store.chain import SqlChain
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import (
    RELEASE,
    Activation,
    Activations,
    Kind,
    Revision,
    come_into_force,
)
from services.rules.handlers.chain.signing import SignedChain, not_trusted
from services.rules.handlers.revisions import may_be_in_force, put_in_force, submit

SHOWN_FAULTS = 20
T = TypeVar("T")
NOT_VOUCHED_FOR = "no approval by a second person is signed by a key of this service"
NOT_OF_THIS_RELEASE = "The rule files in the program's own folder are not those of this release."
FROM_THE_FOLDER = "The files of the folder"
"""Stands as the reason of a revision that was read from the folder."""


class RulebookInForce:
    """The rulebook in force, and the faults of a newer one that was refused.

    `needs_approval`: new files in the folder become a draft revision and wait for a second person. Without it they come
    into force at once. At the first start the rulebook of the release comes into force, by its hash in the program.

    What is loaded is what was signed (A3). If the stored activations, approvals or files are not as they were signed at
    the start, no rulebook is in force, and `untrusted` says why.
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
        self.approval_key = approval_key or ApprovalKey()
        self.needs_approval = needs_approval
        # The evaluator and every call may catch up at the same time. One of them loads; the fields change together.
        self._lock = threading.Lock()
        self.refused: tuple[str, ...] = ()
        self.untrusted: tuple[str, ...] = ()
        """What in the store is not as it was signed."""
        self.waiting_hash = ""
        """Content of the folder that is not in force; empty for none."""
        self._not_taken_up = ""
        """A revision in force that this copy cannot load, so that it is not tried again at every evaluation."""
        self._current, self.loaded_at = self._start()
        if self._current is not None:
            self._database.write(self._publish_editions)

    @property
    def current(self) -> Rulebook:
        """The rulebook in force.

        Raises:
            Refusal: UNAVAILABLE while none may be.
        """
        if self._current is None:
            raise not_trusted(self.untrusted)
        return self._current

    @property
    def content_hash(self) -> str:
        """The content hash of the rulebook in force, empty while none may be."""
        return "" if self._current is None else self._current.content_hash

    def chain(self, connection: Connection) -> SignedChain:
        """Return the chain of activations in a transaction, as this service signs and checks it."""
        return signed_chain(connection, self.approval_key, self.needs_approval)

    def reload(self, person: str) -> Rulebook:
        """Read the folder again for a person: in force at once, or a draft revision of theirs.

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
                self._current, self.loaded_at = rulebook, self._clock.now()
            elif rulebook.content_hash != self.current.content_hash:
                self._submit(rulebook, files, person)
            self.waiting_hash = "" if rulebook.content_hash == self.current.content_hash else rulebook.content_hash
            self.refused = ()
            return rulebook

    def stored(self, content_hash: str) -> Rulebook:
        """Load and return a stored rulebook.

        Raises:
            RulebookRefused: it no longer loads, although it did when it was submitted, or its files were changed.
        """
        return self.current if content_hash == self.content_hash else self._load(content_hash)

    def stored_or_current(self, content_hash: str) -> Rulebook:
        """Return a stored rulebook, or the one in force if that no longer loads."""
        try:
            return self.stored(content_hash)
        except RulebookRefused:
            return self.current

    def files(self, content_hash: str) -> Mapping[str, str]:
        """Return the text of each file of a stored rulebook by its name.

        Raises:
            RulebookRefused: they are not the files that its hash names, or there are none.
        """
        files = self._read(lambda revisions: revisions.files(content_hash))
        check_stored(files, content_hash)
        return files

    def take_up_due(self) -> None:
        """Put what is scheduled in force once its time has come, for all copies; then catch up."""
        now = self._clock.now()
        due = self._read(SqlRevisions.activations).scheduled
        if due is not None and due.effective_at <= now and self._is_whole():
            # Loaded outside the transaction that writes: commits would wait for it.
            try:
                rulebook = self.stored(due.content_hash)
            except RulebookRefused as refused:
                faults = in_words(refused)
                self._database.write(lambda tx: self._refuse(tx, due, faults[0]))
            else:
                self._database.write(lambda tx: self._take_up(tx, due, rulebook, now))
        self.catch_up()

    def catch_up(self) -> None:
        """Load the revision that any copy of the service put in force. Keep the present one if that fails."""
        newest = self._read(SqlRevisions.hash_in_force)
        # Almost always nothing has changed: then this costs one short read and no lock.
        if newest in ("", self.content_hash, self._not_taken_up):
            return
        with self._lock:
            if self._is_whole():
                self.refused = ()
                self._current, self.loaded_at = self._last_good(self._read(SqlRevisions.activations))
            if self.content_hash != newest:
                self._not_taken_up = newest
                log().error("rulebook_refused", reason="not_taken_up")

    def _is_whole(self) -> bool:
        """Return whether all that put rules in force is as it was signed. Note it, and log it once, if it is not."""
        with self._database.read() as connection:
            found = self.chain(connection).faults() if self.needs_approval else ()
        if found and not self.untrusted:
            log().critical("rulebook_not_trusted", reason="not_as_signed")
        self.untrusted = found
        return not found

    def _sign_what_was_never_signed(self) -> None:
        """Sign the activations of before signatures once. Where nothing needs approval, sign whatever is there."""
        with self._database.read() as connection:
            if not self.chain(connection).faults():
                return
        if self._database.write(self._sign):
            log().warning("rulebook_activations_signed")

    def _sign(self, connection: Connection) -> bool:
        chain = self.chain(connection)
        if self.needs_approval:
            return chain.adopt()
        chain.sign_all()
        return True

    def _start(self) -> tuple[Rulebook | None, datetime]:
        self._sign_what_was_never_signed()
        if not self._is_whole() or not self._has_begun():
            return None, self._clock.now()
        activations = self._read(SqlRevisions.activations)
        found: tuple[Rulebook, Mapping[str, str]] | None
        try:
            found = self._read_folder()
        except RulebookRefused as refused:
            self.refused = in_words(refused)
            found = self._stored_before_revisions(activations)
        if found is None:
            return self._last_good(activations)
        rulebook, files = found
        if activations.in_force is None:
            self._put(rulebook, files, Kind.RELEASE, RELEASE)
        elif self._read(lambda revisions: revisions.find(rulebook.content_hash)) is None:
            if self.needs_approval:
                self._submit(rulebook, files, RELEASE)
            else:
                self._put(rulebook, files, Kind.RELOAD, RELEASE)
        activations = self._read(SqlRevisions.activations)
        in_force = activations.in_force
        is_of_folder = in_force is not None and in_force.content_hash == rulebook.content_hash
        if in_force is not None and is_of_folder and self._may_be(activations, in_force):
            return rulebook, in_force.in_force_at or self._clock.now()
        self.waiting_hash = rulebook.content_hash
        return self._last_good(activations)

    def _has_begun(self) -> bool:
        """Put the rulebook of the release in force at the first start. Return False if it is not the program's own."""
        if not self.needs_approval or self._read(SqlRevisions.activations).in_force is not None:
            return True
        try:
            rulebook, files = self._read_files(SHIPPED)
        except RulebookRefused as refused:
            raise SystemExit("\n".join(("The rulebook of this release does not load:", *in_words(refused)))) from None
        if rulebook.content_hash not in RELEASED:
            self.untrusted = (NOT_OF_THIS_RELEASE,)
            log().critical("rulebook_not_trusted", reason="not_as_released")
            return False
        self._put(rulebook, files, Kind.RELEASE, RELEASE)
        return True

    def _publish_editions(self, connection: Connection) -> None:
        # A copy that cannot load what is in force tells nothing: the others know better.
        revisions = SqlRevisions(connection)
        if revisions.hash_in_force() == self.content_hash:
            revisions.publish_editions(self.current, self._clock.now())

    def _read_folder(self) -> tuple[Rulebook, dict[str, str]]:
        return self._read_files(self._folder)

    def _read_files(self, folder: Path) -> tuple[Rulebook, dict[str, str]]:
        rulebook = load_rulebook(folder)
        files = sorted(folder.rglob("*.yaml"))
        return rulebook, {file.relative_to(folder).as_posix(): file.read_text() for file in files}

    def _stored_before_revisions(self, activations: Activations) -> tuple[Rulebook, Mapping[str, str]] | None:
        """Return what a release without revisions had in force, None once revisions say what is."""
        if activations.in_force is not None:
            return None
        files = self._read(SqlRevisions.files_before_revisions)
        return None if files is None else (rulebook_of_files(files), files)

    def _read(self, work: Callable[[SqlRevisions], T]) -> T:
        with self._database.read() as connection:
            return work(SqlRevisions(connection))

    def _load(self, content_hash: str) -> Rulebook:
        return stored_rulebook(self._read(lambda revisions: revisions.files(content_hash)), content_hash)

    def _may_be(self, activations: Activations, activation: Activation) -> bool:
        key, needed = self.approval_key, self.needs_approval
        # The chain is whole, so its approvals were looked at when it came into force, or an operator answers for it.
        if needed and key.signs and activations.was_let_in(activation.content_hash):
            return True
        return self._read(lambda revisions: may_be_in_force(activations, activation, revisions, key, needed))

    def _last_good(self, activations: Activations) -> tuple[Rulebook, datetime]:
        """Return the newest rulebook that was in force, may be and loads. Note what is wrong with the newer ones.

        Raises:
            SystemExit: there is none. Without a rulebook the service would evaluate nobody and say nothing.
        """
        for activation in reversed(activations.past):
            if not self._may_be(activations, activation):
                self.refused = (*self.refused, f"{activation.content_hash[:12]}: {NOT_VOUCHED_FOR}")
                continue
            try:
                return self._load(activation.content_hash), activation.in_force_at or self._clock.now()
            except RulebookRefused as refused:
                self.refused = (*self.refused, *in_words(refused))
        raise SystemExit("\n".join(("The rulebook does not load, and none was in force before:", *self.refused)))

    def _submit(self, rulebook: Rulebook, files: Mapping[str, str], author: str) -> None:
        revision = Revision(rulebook.content_hash, author, FROM_THE_FOLDER, self._clock.now())
        self._database.write(lambda tx: submit(revision, files, SqlRevisions(tx)))

    def _put(self, rulebook: Rulebook, files: Mapping[str, str], kind: Kind, person: str) -> None:
        now, content_hash = self._clock.now(), rulebook.content_hash

        def work(connection: Connection) -> None:
            revisions, chain = SqlRevisions(connection), self.chain(connection)
            chain.require_whole()
            submit(Revision(content_hash, person, FROM_THE_FOLDER, now), files, revisions)
            activations = revisions.activations()
            # Several copies start with the same files: the first puts them in force, the others find them there.
            if activations.in_force is None or activations.in_force.content_hash != content_hash:
                number = revisions.next_number()
                activation = Activation(number, content_hash, kind, person, FROM_THE_FOLDER, now, in_force_at=now)
                revisions.add_activation(activation)
                put_in_force(activations, activation, rulebook, revisions, SqlFacts(connection))
                chain.sign_last()

        self._database.write(work)

    def _take_up(self, connection: Connection, due: Activation, rulebook: Rulebook, now: datetime) -> None:
        revisions, chain = SqlRevisions(connection), self.chain(connection)
        activations = revisions.activations()
        if activations.scheduled != due:
            return  # another copy was first, or it was taken back
        chain.require_whole()
        revision = revisions.find(due.content_hash)
        # Signatures are checked again now: what was approved when it was scheduled may have been changed in the store.
        if revision is None or not self.approval_key.vouches_for(revision):
            self._refuse(connection, due, NOT_VOUCHED_FOR)
            return
        activation = come_into_force(due, now)
        revisions.settle(activation)
        put_in_force(activations, activation, rulebook, revisions, SqlFacts(connection))
        chain.sign_last()

    def _refuse(self, connection: Connection, due: Activation, why: str) -> None:
        revisions, chain = SqlRevisions(connection), self.chain(connection)
        if revisions.activations().scheduled == due:
            chain.require_whole()
            revisions.settle(replace(due, refused=why))
            chain.sign_last()
            self.refused = (f"{due.content_hash[:12]}: {why}",)
            log().error("rulebook_refused", reason="not_taken_up")


def signed_chain(connection: Connection, key: ApprovalKey, enforced: bool = True) -> SignedChain:
    """Return the chain of activations in a transaction."""
    return SignedChain(SqlChain(connection, key.fits), SqlRevisions(connection), key, enforced)


def in_words(refused: RulebookRefused) -> tuple[str, ...]:
    """Return the first faults, a line each."""
    return tuple(str(fault) for fault in refused.faults[:SHOWN_FAULTS])


def files_refused(refused: RulebookRefused) -> Refusal:
    """Return the refusal of rule files that have faults, with the first of them."""
    return precondition(
        "RULEBOOK_REFUSED",
        f"The rule files were refused. Faults found: {len(refused.faults)}. The rulebook in force stays.",
        first_fault=next(iter(in_words(refused)), ""),
    )
