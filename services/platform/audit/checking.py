"""Checking an audit log: every row against the chain, and the chain against the checkpoints that others keep (S18)."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from services.platform.audit.chain import BEGIN, fold, link
from services.platform.audit.log import CHECKPOINT_EVERY, Row
from services.platform.audit.statement import Statement

MOST_FINDINGS = 200
"""Findings that are told. More of them say no more."""
_NEVER = -1


class Fault(Enum):
    """What does not fit."""

    CHANGED = "changed"
    """The row does not follow from the one before: it was changed, or the hash before it was."""
    REMOVED = "removed"
    """Rows between two others are gone."""
    ADDED = "added"
    """A row has a position that another one has."""
    REORDERED = "reordered"
    """A row stands after one that came later."""
    CUT_OFF = "cut off"
    """A checkpoint has more rows than the log: its end is gone, or the whole database was put back."""
    REWRITTEN = "rewritten"
    """The rows follow from one another, but not to the hash of a checkpoint: they were made after it."""
    UNCHAINED_CHANGED = "unchained changed"
    """The rows without a hash are not those that a checkpoint counted."""
    CHECKPOINT_MISSING = "checkpoint missing"
    """The service's own checkpoint at this position is gone."""
    CHECKPOINT_FORGED = "checkpoint forged"
    """A checkpoint has no valid signature of the service."""
    OTHER_DATABASE = "other database"
    """A checkpoint is about another database of the service."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, at one position of the chain or from one to another."""

    fault: Fault
    first: int
    last: int
    at: int = 0
    """When the row or the checkpoint says that it was made: microseconds since 1970."""


@dataclass
class Report:
    """What a check of one audit log found."""

    origin: str
    rows: int = 0
    """Rows in the chain."""
    first_at: int = 0
    """When the chain begins."""
    unchained: int = 0
    """Rows without a hash, as a release that kept no chain writes them."""
    unchained_from: int = 0
    unchained_to: int = 0
    uncounted: int = 0
    """Those of them that no checkpoint has counted yet."""
    checkpoint_at: int = 0
    """When the newest checkpoint was made that fits."""
    restored_rows: int = 0
    """Rows that checkpoints from before a restore of a backup have, and the log does not."""
    findings: list[Finding] = field(default_factory=list)

    def add(self, fault: Fault, first: int, last: int = 0, at: int = 0) -> None:
        """Add a finding. `last` is the same position if it is not given."""
        finding = Finding(fault, first, last or first, at)
        if len(self.findings) < MOST_FINDINGS and finding not in self.findings:
            self.findings.append(finding)


class Check:
    """A check that is given the rows of a log in order, then compares what it saw with checkpoints."""

    def __init__(self, service: str, origin: str, own: Sequence[Statement | None], others: Sequence[Statement | None]):
        """Begin. `own`: the service's own checkpoints; `others`: kept elsewhere. None stands for a forged one."""
        self._service = service
        self._own, self._others = list(own), list(others)
        self._all = [said for said in (*own, *others) if said is not None]
        self._heads: dict[int, str] = dict.fromkeys((said.position for said in self._all), "")
        self._digests: dict[int, str] = dict.fromkeys((said.unchained for said in self._all), "")
        self._digests[0] = BEGIN.hex()
        self._counted = max((said.number for said in self._all), default=0)
        self._of_now = max((said for said in self._all if said.origin == origin), key=_newest, default=None)
        self._of_now_unchained = 0
        """Rows without a hash that the newest checkpoint of this database must have counted."""
        self._before_restore = sorted({said.position for said in self._all if said.origin != origin})
        self._earliest: dict[int, int] = {}
        """By position of such a checkpoint, up to the next: when the earliest row was made."""
        self._position = 0
        self._before: bytes | None = BEGIN
        self._digest = BEGIN
        self._missing: dict[int, int] = {}
        """Gaps: the first missing position and the one after the last."""
        self.report = Report(origin)

    def row(self, row: Row) -> None:
        """Look at the next row."""
        if row.position is None or row.hash is None:
            self._unchained(row)
        elif row.position <= self._position:
            self._out_of_order(row.position, row.entry.at)
        else:
            self._chained(row, row.position, row.hash)

    def _unchained(self, row: Row) -> None:
        report = self.report
        report.unchained += 1
        report.unchained_from = report.unchained_from or row.entry.at
        report.unchained_to = row.entry.at
        report.uncounted += row.number > self._counted
        self._of_now_unchained += self._of_now is not None and row.number <= self._of_now.number
        self._digest = fold(self._digest, row.number, row.entry)
        if report.unchained in self._digests:
            self._digests[report.unchained] = self._digest.hex()

    def _out_of_order(self, position: int, at: int) -> None:
        """Tell of a row whose position is not after those before it: one of a gap came late, any other was added."""
        gap = next((first for first, end in self._missing.items() if first <= position < end), None)
        if gap is None:
            self.report.add(Fault.ADDED, position, at=at)
            return
        end = self._missing.pop(gap)
        if gap < position:
            self._missing[gap] = position
        if position + 1 < end:
            self._missing[position + 1] = end
        self.report.rows += 1
        self.report.add(Fault.REORDERED, position, at=at)

    def _chained(self, row: Row, position: int, hashed: bytes) -> None:
        report = self.report
        if position > self._position + 1:
            self._missing[self._position + 1] = position
            self._before = None
        if self._before is not None and link(self._before, position, row.entry) != hashed:
            report.add(Fault.CHANGED, position, at=row.entry.at)
        report.rows += 1
        report.first_at = report.first_at or row.entry.at
        self._position, self._before = position, hashed
        if self._before_restore and position >= self._before_restore[0]:
            mark = self._before_restore[bisect_right(self._before_restore, position) - 1]
            self._earliest[mark] = min(row.entry.at, self._earliest.get(mark, row.entry.at))
        if position in self._heads:
            self._heads[position] = hashed.hex()

    def done(self) -> Report:
        """Compare with the checkpoints, and return what was found."""
        report = self.report
        for first, end in self._missing.items():
            report.add(Fault.REMOVED, first, end - 1)
        for said in (*self._own, *self._others):
            if said is None or said.service != self._service:
                report.add(Fault.CHECKPOINT_FORGED, 0)
            else:
                self._compare(said)
        if self._of_now and self._of_now.unchained != self._of_now_unchained:
            report.add(Fault.UNCHAINED_CHANGED, self._of_now.position, at=self._of_now.at)
        self._rows_after_a_restore_are_younger()
        self._own_are_whole()
        return report

    def _rows_after_a_restore_are_younger(self) -> None:
        """Look at the rows in place of those that a restore lost. They were made after it, so after each checkpoint.

        Otherwise somebody who counts up how often the database was restored could write the whole log again.
        """
        now = self.report.origin
        earlier = {said.origin for said in self._all if said.origin != now and _database(said.origin) == _database(now)}
        for origin in earlier:
            made = [said for said in self._all if said.origin == origin]
            lost = [said.position for said in made if said.position and self._heads.get(said.position) != said.head]
            newest = max((said.at for said in made), default=0)
            found = [mark for mark, at in self._earliest.items() if lost and mark >= min(lost) and at <= newest]
            if found:
                self.report.add(Fault.REWRITTEN, min(found), self._position, newest)

    def _compare(self, said: Statement) -> None:
        report = self.report
        fits = said.position == 0 or self._heads.get(said.position) == said.head
        if _database(said.origin) != _database(report.origin):
            report.add(Fault.OTHER_DATABASE, said.position, at=said.at)
        elif not fits and said.origin != report.origin:
            # Made before a backup was put back: what came after the backup is lost, and everybody may know it.
            report.restored_rows = max(report.restored_rows, said.position - self._shared(said))
        elif said.position > self._position:
            report.add(Fault.CUT_OFF, self._position + 1, said.position, said.at)
        elif not fits and self._is_missing(said.position):
            return  # the row that it is about is gone, and that is told already
        elif not fits:
            report.add(Fault.REWRITTEN, self._last_that_fits(said) + 1, said.position, said.at)
        elif self._digests.get(said.unchained) != (said.digest or BEGIN.hex()):
            report.add(Fault.UNCHAINED_CHANGED, said.position, at=said.at)
        else:
            report.checkpoint_at = max(report.checkpoint_at, said.at)

    def _is_missing(self, position: int) -> bool:
        return any(first <= position < end for first, end in self._missing.items())

    def _last_that_fits(self, said: Statement) -> int:
        fitting = (each.position for each in self._all if self._heads.get(each.position) == each.head)
        return max((position for position in fitting if position < said.position), default=0)

    def _shared(self, said: Statement) -> int:
        """Return how many rows of a checkpoint from before a restore the log still has, as far as checkpoints tell."""
        return min(self._last_that_fits(said), self._position)

    def _own_are_whole(self) -> None:
        """Look for the checkpoint that each hundredth row was written with. One that is gone was taken away."""
        there = {said.position for said in self._own if said is not None}
        for position in range(CHECKPOINT_EVERY, self._position + 1, CHECKPOINT_EVERY):
            if position not in there:
                self.report.add(Fault.CHECKPOINT_MISSING, position)


def _newest(said: Statement) -> tuple[int, int]:
    return said.at, said.position


def _database(origin: str) -> str:
    return origin.partition("/")[0]


def checked(
    service: str,
    origin: str,
    pages: Iterable[Sequence[Row]],
    checkpoints: tuple[Sequence[str], Sequence[str]],
    proved: Callable[[str], Statement | None],
) -> Report:
    """Check a log. `checkpoints`: the service's own and those kept elsewhere, as signed. `proved` reads a valid one."""
    own, others = ([proved(signed) for signed in each] for each in checkpoints)
    check = Check(service, origin, own, others)
    for page in pages:
        for row in page:
            check.row(row)
    return check.done()
