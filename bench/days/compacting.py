"""What compacting saves of the records of a release before: a whole record for each day of a year.

    python -m bench.days.compacting [ITEMS]

The script fills rules' own database with a year of one person with so many items, compressed and not, and compacts it.
"""

import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.compaction import Compacted, compact
from services.rules.adapters.store.evaluations import COMPRESSION
from services.rules.compose import HERE
from services.rules.domain.evaluation.decision_record import DecisionRecord, decision_record
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, evaluated

ITEMS = 24
YEAR = 365
EVERY_DAYS = 30
ROW = (
    "INSERT INTO evaluation (evaluation_id, safeguarder_id, number, sha256, record, packed, same_as) "
    "VALUES (?, 'sg-one', ?, ?, ?, ?, '')"
)


def records(items: int) -> Iterator[DecisionRecord]:
    """Yield a whole record for each day of a year, each with the hash of the one before."""
    late = (a_late_report(f"late-{number}", TODAY - timedelta(days=EVERY_DAYS * number)) for number in range(items))
    case, previous = a_case_file(*late), ""
    for number in range(YEAR):
        evaluation = evaluated(case, TODAY + timedelta(days=number), NOW + timedelta(days=number))
        durable = [answered.answers for answered in evaluation.answered]
        record = decision_record(evaluation, durable, {"psmf": "0"}, previous)
        previous = record.sha256
        yield record


def compacted(year: list[DecisionRecord], packed: bool) -> tuple[Compacted, float]:
    """Return what compacting a year did, and its seconds of CPU."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'rules.db'}")
        bring_up_to_date(database.engine, HERE / "migrations")
        rows = [
            (
                str(place),
                place,
                each.sha256,
                zlib.compress(each.content, COMPRESSION) if packed else each.content,
                packed,
            )
            for place, each in enumerate(year, start=1)
        ]
        database.write(lambda tx: [execute(tx, ROW, row) for row in rows])
        began = time.process_time()
        done = sum(compact(database), Compacted())
        taken = time.process_time() - began
        database.close()
    return done, taken


def main() -> None:
    """Say what is saved."""
    items = int(sys.argv[1]) if sys.argv[1:] else ITEMS
    year = list(records(items))
    for packed in (False, True):
        done, taken = compacted(year, packed)
        print(
            f"{items} items, {'compressed' if packed else 'not compressed'}: {done.before / 1000:,.0f} kB before, "
            f"{done.after / 1000:,.0f} kB after ({done.smaller} of {done.seen} records), "
            f"{taken * 1000 / done.seen:.1f} ms CPU a record"
        )


if __name__ == "__main__":
    main()
