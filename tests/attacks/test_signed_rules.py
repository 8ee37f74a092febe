"""Somebody who can write the rules database changes which rules are in force (A3). The next load finds each change.

Not found is a whole database put back as it once was: then everything in it is as it was signed. The number and the
hash that `psmf rules verify` shows tell that to somebody who has noted them.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.platform.calls.identity import new_key
from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.rule_files.released import RELEASED
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.compose import HERE
from services.rules.domain.rulebook.revisions import Activation, Approval, Kind, Revision
from services.rules.handlers import revisions as handler
from services.rules.rulebook_in_force import RulebookInForce, signed_chain
from tests import databases
from tests.attacks.attempts import attempted
from tests.clock import FixedClock
from tests.rules.builders import NOW, shipped
from tests.sizes import part_of

TABLES = ("rulebook_activation", "rulebook_chain", "rulebook_approval", "rulebook_revision", "rulebook")
NOTHING_CHANGED = "nothing was changed"
A_DAY = timedelta(days=1)
Change = Callable[[Connection], None]


class Stored:
    """The database of a rules service in which three rulebooks came into force, one of them twice."""

    def __init__(self, folder: Path) -> None:
        self.key_file: Path | None = folder / "approvals.key"
        self.key_file.write_text(json.dumps(new_key("approvals").as_dict(private=True)))
        self.key = ApprovalKey(self.key_file)
        self.database = Database(databases.address(folder / "rules.db"))
        bring_up_to_date(self.database.engine, HERE / "migrations")
        self.clock = FixedClock(NOW)
        self.start()
        for number, content_hash in enumerate(("b" * 64, "c" * 64), 1):
            self.database.write(partial(self._let_in, number, content_hash))
        self.database.write(self._go_back)

    def start(self) -> RulebookInForce:
        """Start the service, as far as its rulebook goes."""
        return RulebookInForce(HERE / "rulebook", self.database, self.clock, ApprovalKey(self.key_file))

    def _let_in(self, number: int, content_hash: str, tx: Connection) -> None:
        revisions, at = SqlRevisions(tx), NOW + number * A_DAY
        files = {"parameters.yaml": f"number: {number}", "rules/one.yaml": "line: 5"}
        handler.submit(Revision(content_hash, "editor", "Board minute", at), files, revisions)
        handler.approve(content_hash, "", Approval("approver", "Read", at), self.key, revisions)
        wanted = Activation(0, content_hash, Kind.ACTIVATION, "approver", "Agreed", at)
        rulebook = replace(shipped(), content_hash=content_hash)
        handler.activate(wanted, "", rulebook, self._context(tx, number))

    def _go_back(self, tx: Connection) -> None:
        loaded = {"b" * 64: replace(shipped(), content_hash="b" * 64)}
        handler.roll_back("approver", "Too many", "", loaded, True, self._context(tx, 3))

    def _context(self, tx: Connection, days: int) -> handler.ActivationContext:
        chain, now = signed_chain(tx, self.key), NOW + days * A_DAY
        return handler.ActivationContext(SqlRevisions(tx), SqlFacts(tx), chain, self.key, now)

    def faults_after(self, change: Change) -> tuple[str, ...]:
        """Return what a load would find after a change, which is undone: `NOTHING_CHANGED` if it changes nothing."""
        found: list[tuple[str, ...]] = []

        def work(tx: Connection) -> None:
            before = _everything(tx)
            change(tx)
            same = _everything(tx) == before
            found.append((NOTHING_CHANGED,) if same else signed_chain(tx, self.key).faults())
            raise _UndoneError

        with pytest.raises(_UndoneError):
            self.database.write(work)
        return found[0]


def _everything(tx: Connection) -> list[Any]:
    return [execute(tx, f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]


class _UndoneError(Exception):
    """Takes a change back."""


@pytest.fixture(scope="module")
def stored(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stored]:
    made = Stored(tmp_path_factory.mktemp("rules"))
    assert made.start().untrusted == ()
    yield made
    made.database.close()


def sql(*statements: str) -> Change:
    def change(tx: Connection) -> None:
        for statement in statements:
            execute(tx, statement)

    return change


def text_changed(content_hash: str) -> Change:
    """One number in a stored file is another, and the hash beside it stays."""

    def change(tx: Connection) -> None:
        files = dict(SqlRevisions(tx).files(content_hash))
        files["rules/one.yaml"] = "line: 1"
        execute(tx, "UPDATE rulebook SET files = ? WHERE hash = ?", (json.dumps(files), content_hash))

    return change


B, C = "b" * 64, "c" * 64
SWAP = ((2, 9), (3, 2), (9, 3))
CHANGES = {
    "a text under an approved hash": (text_changed(B), "Rulebook bbbbbbbbbbbb: the file rules/one.yaml is not as"),
    "the first activation names another rulebook": (
        sql(f"UPDATE rulebook_activation SET content_hash = '{C}' WHERE number = 1"), "Activation 1 is not as it was",
    ),
    "the last activation is deleted": (
        sql("DELETE FROM rulebook_activation WHERE number = 4"), "does not end with activation 4",
    ),
    "one in the middle is deleted": (
        sql("DELETE FROM rulebook_activation WHERE number = 2"), "Activation 3 does not follow the one before it",
    ),
    "all are deleted": (
        sql("DELETE FROM rulebook_activation", "DELETE FROM rulebook_chain"), "every activation was taken away",
    ),
    "two change places": (
        sql(*(f"UPDATE rulebook_activation SET number = {to} WHERE number = {one}" for one, to in SWAP)),
        "bears the signature of another one",
    ),
    "one bears the signature of another": (
        sql("UPDATE rulebook_activation SET signature = (SELECT signature FROM rulebook_activation WHERE number = 2) "
            "WHERE number = 3"), "Activation 3 bears the signature of another one",
    ),
    "one is put in": (
        sql("INSERT INTO rulebook_activation (number, content_hash, kind, person, reason, effective_at, in_force_at, "
            f"refused, taken_back) SELECT 5, '{C}', kind, person, reason, effective_at, in_force_at, '', false "
            "FROM rulebook_activation WHERE number = 3"), "Activation 5 bears no signature",
    ),
    "another person is named": (
        sql("UPDATE rulebook_activation SET person = 'somebody' WHERE number = 4"), "Changed: the person.",
    ),
    "an approval is taken away": (
        sql(f"DELETE FROM rulebook_approval WHERE content_hash = '{B}'"), "the approval by approver is gone",
    ),
    "the author is another": (
        sql(f"UPDATE rulebook_revision SET author = 'nobody' WHERE content_hash = '{B}'"), "the author of its rulebook",
    ),
    "the signed end is taken away": (sql("DELETE FROM rulebook_chain"), "The end of the list of activations bears no"),
}  # fmt: skip
"""What is changed in the database, and the words in which a load says so."""


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_is_said_and_no_rules_are_in_force(stored: Stored, what: str) -> None:
    change, words = CHANGES[what]
    assert words in "\n".join(stored.faults_after(change))


def test_after_a_change_the_service_starts_with_no_rules_rather_than_with_changed_ones(
    database_kind: str, tmp_path: Path
) -> None:
    kept = Stored(tmp_path)
    kept.database.write(text_changed(B))
    found = kept.start()
    assert found.content_hash == ""
    assert found.untrusted == ("Rulebook bbbbbbbbbbbb: the file rules/one.yaml is not as it was when it was signed.",)
    kept.database.close()


COLUMNS = ("content_hash", "kind", "person", "reason", "effective_at", "in_force_at", "refused", "signature")


def a_random_change(chance: random.Random) -> Change:
    """Return some change of what is stored, by somebody who knows how it is stored."""
    one, other = chance.sample(range(1, 5), 2)
    column = chance.choice(COLUMNS)
    value = chance.choice((f"'{C}'", "'x'", "''", str(chance.randrange(10**15))))
    if column.endswith("_at"):
        value = str(chance.randrange(10**15))
    mark, place = chance.choice(("b", "c")) * 64, chance.randrange(40)
    copied = f"(SELECT {{}} FROM rulebook_activation WHERE number = {other})"
    return chance.choice(
        (
            sql(f"UPDATE rulebook_activation SET {column} = {value} WHERE number = {one}"),
            sql(f"UPDATE rulebook_activation SET signature = {copied.format('signature')} WHERE number = {one}"),
            sql(f"UPDATE rulebook_activation SET signature = substr(signature, 1, {place}) WHERE number = {one}"),
            sql(f"UPDATE rulebook_activation SET number = {chance.randrange(5, 99)} WHERE number = {one}"),
            sql(f"UPDATE rulebook_activation SET taken_back = true WHERE number = {one}"),
            sql(f"DELETE FROM rulebook_activation WHERE number = {one}"),
            sql(f"DELETE FROM rulebook_activation WHERE number >= {one}"),
            sql(f"UPDATE rulebook SET files = files || ' ' || '{place}' WHERE hash = '{mark}'"),
            sql(
                f"UPDATE rulebook SET files = replace(files, '5', '{chance.choice('12346789')}') WHERE hash = '{mark}'"
            ),
            sql(f"UPDATE rulebook SET files = replace(files, 'one', 'two') WHERE hash = '{mark}'"),
            sql(f"UPDATE rulebook_approval SET reason = 'x' WHERE content_hash = '{mark}'"),
            sql(f"UPDATE rulebook_approval SET approver = '{chance.choice('xyz')}' WHERE content_hash = '{mark}'"),
            sql(f"UPDATE rulebook_revision SET author = '{chance.choice('xyz')}' WHERE content_hash = '{mark}'"),
            sql(f"UPDATE rulebook_chain SET value = substr(value, 1, {place})"),
            sql(f"UPDATE rulebook_chain SET value = {copied.format('signature')}"),
        )
    )


def test_random_changes_of_what_is_stored_are_found(stored: Stored) -> None:
    found = {seed: stored.faults_after(a_random_change(random.Random(seed))) for seed in range(part_of(1200))}
    tried = {seed: faults for seed, faults in found.items() if faults != (NOTHING_CHANGED,)}
    attempted("Changes in the rules database", len(tried), [seed for seed, faults in tried.items() if not faults])


def adopted(kept: Stored, *changes: str) -> Sequence[str]:
    """Return why no rules are in force after an upgrade of a database from before signatures, if none are."""
    unsigned = ("UPDATE rulebook_activation SET signature = NULL", "DELETE FROM rulebook_chain")
    mark = "INSERT INTO rulebook_chain (part, value) VALUES ('to_adopt', '')"
    kept.database.write(sql(*unsigned, mark, *changes))
    return kept.start().untrusted


def test_what_stands_there_before_an_upgrade_is_signed_once_if_it_could_be_in_force_then(tmp_path: Path) -> None:
    kept = Stored(tmp_path)
    released = "DELETE FROM rulebook_activation WHERE number > 1"
    assert adopted(kept, released) == ()
    assert kept.start().content_hash in RELEASED
    kept.database.write(sql("UPDATE rulebook_activation SET signature = NULL"))
    assert kept.start().untrusted[0] == "Activation 1 bears no signature of this service.", "only once"
    repointed = f"UPDATE rulebook_activation SET content_hash = '{B}' WHERE number = 1"
    assert adopted(kept, repointed), "its files are not those of its hash"
    kept.database.close()


def test_without_a_key_only_a_rulebook_of_a_release_is_taken(tmp_path: Path) -> None:
    kept = Stored(tmp_path)
    kept.key_file = None
    assert "Activation 2 is not of a rulebook that came with a release" in kept.start().untrusted[0]
    kept.database.close()


def test_the_hash_of_the_shipped_rulebook_stands_in_the_program() -> None:
    assert shipped().content_hash in RELEASED, "make docs"
