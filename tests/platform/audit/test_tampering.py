"""A log that somebody changed in the database shows it: each kind of change is found, and an untouched log is not
accused (S18, A4).
"""

import random
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from services.platform.audit.chain import BEGIN, Entry, fold, link
from services.platform.audit.checking import Fault, Report, checked
from services.platform.audit.log import CHECKPOINT_EVERY, Row
from services.platform.audit.statement import TYPE, Statement
from services.platform.calls.identity import new_key, sign_statement
from tests.attacks.attempts import attempted
from tests.sizes import part_of

ORIGIN = "4c1f/1"
KEY, FORGED = new_key("service:evidence"), new_key("service:evidence")
LENGTH = 220


class Log(NamedTuple):
    """A log as its database holds it, and what others keep of it."""

    rows: list[Row]
    own: list[Statement]
    kept: list[Statement]


def entry(number: int) -> Entry:
    people = None if number % 7 else "sg-one sg-two"
    subject = "" if people else f"sg-{number % 11}"
    return Entry(
        1_000_000 * number, f"person-{number % 5}", "panel_team", "GetEvidenceItem", subject, None, "none", people
    )


def written(length: int = LENGTH, before: int = 3, elsewhere: int = 210) -> Log:
    """Return a log as the product writes it: first rows of a release without a chain, then a chain.

    `elsewhere`: the position of the checkpoint that another service keeps.
    """
    rows = [Row(number, entry(number), None, None) for number in range(1, before + 1)]
    digest = BEGIN
    for row in rows:
        digest = fold(digest, row.number, row.entry)
    own, kept, hashed = [], [], BEGIN
    for position in range(1, length + 1):
        made = entry(position + before)
        hashed = link(hashed, position, made)
        rows.append(Row(position + before, made, position, hashed))
        if position % CHECKPOINT_EVERY == 0 or position == elsewhere:
            said = Statement("evidence", ORIGIN, position, hashed.hex(), made.at, before, before, digest.hex())
            own.append(said)
            kept = [said]
    return Log(rows, own, kept)


def check(log: Log) -> Report:
    """Check a log as a service does. Signatures have a test of their own, and cost most of the time."""
    statements = {str(number): said for number, said in enumerate((*log.own, *log.kept))}
    names = list(statements)
    given = (names[: len(log.own)], names[len(log.own) :])
    return checked("evidence", ORIGIN, [sorted(log.rows, key=lambda row: row.number)], given, statements.get)


def chained(log: Log, draw: random.Random, last: int = LENGTH) -> int:
    """Return the place of a row of the chain, among the rows up to a position."""
    return draw.randrange(3, 3 + last)


def edit(log: Log, draw: random.Random) -> None:
    place = chained(log, draw)
    row = log.rows[place]
    changes: list[dict[str, Any]] = [
        {"person": "somebody-else"}, {"subject": "sg-other"}, {"method": "ListReads"}, {"at": row.entry.at + 1},
        {"people": "sg-six"}, {"for_whom": "manager-two"}, {"relation": "own"}, {"role": "auditor"},
    ]  # fmt: skip
    log.rows[place] = row._replace(entry=row.entry._replace(**draw.choice(changes)))


def edit_without_a_hash(log: Log, draw: random.Random) -> None:
    place = draw.randrange(3)
    log.rows[place] = log.rows[place]._replace(entry=entry(900 + place))


def delete(log: Log, draw: random.Random) -> None:
    del log.rows[draw.randrange(210 + 3)]


def insert(log: Log, draw: random.Random) -> None:
    place = chained(log, draw)
    row = log.rows[place]
    log.rows.insert(place, row._replace(entry=row.entry._replace(person="somebody-else")))


def insert_without_a_hash(log: Log, draw: random.Random) -> None:
    log.rows.append(Row(draw.randrange(1, 9_000), entry(7), None, None))


def swap(log: Log, draw: random.Random) -> None:
    one, other = draw.sample(range(3, 3 + LENGTH), 2)
    kept = log.rows[one], log.rows[other]
    log.rows[one] = kept[1]._replace(number=kept[0].number)
    log.rows[other] = kept[0]._replace(number=kept[1].number)


def take_the_hash_away(log: Log, draw: random.Random) -> None:
    place = chained(log, draw, 210)
    log.rows[place] = log.rows[place]._replace(position=None, hash=None)


def hash_again(log: Log, draw: random.Random) -> None:
    """Change a row and make every hash after it fit, as somebody with the code can. Own checkpoints may go too."""
    place = chained(log, draw, 210)
    log.rows[place] = log.rows[place]._replace(entry=entry(5_000))
    hashed = log.rows[place - 1].hash or BEGIN
    for at in range(place, len(log.rows)):
        position = log.rows[at].position or 0
        hashed = link(hashed, position, log.rows[at].entry)
        log.rows[at] = log.rows[at]._replace(hash=hashed)
    if draw.random() < 0.5:
        _forget(log, log.rows[place].position or 0)


def roll_back(log: Log, draw: random.Random) -> None:
    """Put the whole database back: rows and own checkpoints of an earlier moment."""
    length = draw.randrange(210)
    del log.rows[3 + length :]
    _forget(log, length + 1)


def _forget(log: Log, first: int) -> None:
    log.own[:] = [said for said in log.own if said.position < first]


def take_a_checkpoint_away(log: Log, draw: random.Random) -> None:
    hundredths = [said for said in log.own if said.position % CHECKPOINT_EVERY == 0]
    log.own.remove(draw.choice(hundredths))


TAMPERING: Sequence[Callable[[Log, random.Random], None]] = (
    edit, edit_without_a_hash, delete, insert, insert_without_a_hash, swap, take_the_hash_away, hash_again, roll_back,
    take_a_checkpoint_away,
)  # fmt: skip


def is_seen(report: Report) -> bool:
    """A row without a hash is told with its time and counted. Everything else is a finding."""
    return bool(report.findings or report.uncounted or report.unchained != 3)


def test_every_tampering_is_found() -> None:
    whole, tried, unseen = written(), part_of(1_000), []
    for tamper in TAMPERING:
        for seed in range(tried):
            log = Log(list(whole.rows), list(whole.own), list(whole.kept))
            tamper(log, random.Random(seed))
            if not is_seen(check(log)):
                unseen.append((tamper.__name__, seed))
    attempted("A row of the audit log changed, removed, added or moved in the database", tried * len(TAMPERING), unseen)


def test_a_log_that_nobody_touched_is_never_accused() -> None:
    for seed in range(part_of(1_000)):
        draw = random.Random(seed)
        length = draw.randrange(1, LENGTH)
        report = check(written(length, before=draw.randrange(6), elsewhere=draw.randrange(1, length + 1)))
        assert (report.findings, report.rows, report.uncounted) == ([], length, 0), f"seed {seed}"


def test_the_row_that_was_changed_is_named() -> None:
    log = written()
    log.rows[3 + 99] = log.rows[3 + 99]._replace(entry=entry(5_000))
    (finding,) = check(log).findings
    assert (finding.fault, finding.first, finding.last) == (Fault.CHANGED, 100, 100)


def test_rows_that_are_gone_are_named() -> None:
    log = written()
    del log.rows[3 + 9 : 3 + 12]
    (finding,) = check(log).findings
    assert (finding.fault, finding.first, finding.last) == (Fault.REMOVED, 10, 12)


def test_what_an_old_release_wrote_is_counted_by_time_and_is_no_fault() -> None:
    report = check(written())
    assert (report.unchained, report.unchained_from, report.unchained_to) == (3, 1_000_000, 3_000_000)
    log = written()
    log.rows.append(Row(9_000, entry(7), None, None))
    late = check(log)
    assert (late.findings, late.unchained, late.uncounted) == ([], 4, 1)


def test_a_restored_database_says_how_much_it_lost_and_is_not_accused() -> None:
    log = written()
    del log.rows[3 + 190 :]
    _forget(log, 191)
    report = checked("evidence", "4c1f/2", [log.rows], ([], []), lambda signed: None)
    assert report.restored_rows == 0
    statements = {"a": log.kept[0]}
    report = checked("evidence", "4c1f/2", [log.rows], ([], ["a"]), statements.get)
    assert report.restored_rows > 0
    assert {finding.fault for finding in report.findings} == {Fault.CHECKPOINT_MISSING}


def restored(log: Log, kept: Sequence[Statement]) -> Report:
    """Check a log whose database counts one restore more than its checkpoints, without any of its own."""
    statements = {str(number): said for number, said in enumerate(kept)}
    return checked("evidence", "4c1f/2", [log.rows], ([], list(statements)), statements.get)


def test_a_log_that_was_written_again_is_not_taken_for_a_restored_one() -> None:
    """Rows after a restore are younger than each checkpoint from before it."""
    tried, unseen = part_of(1_000), []
    for seed in range(tried):
        log = written()
        kept = [*log.own, *log.kept]
        hash_again(log, random.Random(seed))
        if Fault.REWRITTEN not in {finding.fault for finding in restored(log, kept).findings}:
            unseen.append(seed)
    attempted("An audit log written again, in a database that says it was restored", tried, unseen)


def test_what_comes_after_a_restore_is_not_accused() -> None:
    log = written()
    kept = [*log.own, *log.kept]
    del log.rows[3 + 190 :]
    hashed = log.rows[-1].hash or BEGIN
    for position in range(191, 251):
        made = entry(1_000 + position)
        hashed = link(hashed, position, made)
        log.rows.append(Row(position + 3, made, position, hashed))
    report = restored(log, kept)
    assert {finding.fault for finding in report.findings} == {Fault.CHECKPOINT_MISSING}
    assert report.restored_rows


def test_a_row_below_the_first_number_is_found() -> None:
    log = written()
    log.rows.append(Row(-5, entry(7), None, None))
    assert Fault.UNCHAINED_CHANGED in {finding.fault for finding in check(log).findings}


def test_a_checkpoint_of_another_hand_is_found() -> None:
    log = written()
    forged = sign_statement(FORGED, TYPE, log.own[0].to_bytes())
    report = checked("evidence", ORIGIN, [log.rows], ([], [forged]), lambda signed: None)
    assert Fault.CHECKPOINT_FORGED in {finding.fault for finding in report.findings}


def test_a_hundred_thousand_rows_are_checked_within_ten_seconds() -> None:
    log = written(part_of(100_000), elsewhere=9_990)
    began: Any = time.process_time()
    assert not check(log).findings
    assert time.process_time() - began < 10.0


def test_a_row_with_a_checkpoint_that_is_gone_is_told_once() -> None:
    log = written()
    del log.rows[3 + 99]
    (finding,) = check(log).findings
    assert (finding.fault, finding.first) == (Fault.REMOVED, 100)
