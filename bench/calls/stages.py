"""Where the time of one item goes, from its call until its concern is heard: `python -m bench.calls.stages [ROUNDS]`.

The services write their spans to a file. Between two spans there is a commit, a message, or a thread that waits for its
turn. Spans cost some time themselves, so the sum is more than goal 5 measures.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.journey import Listener, until_heard
from bench.measuring import percentile
from bench.suite import PEOPLE, running

ROUNDS = 4
REST_SECONDS = 0.02
WRITTEN_SECONDS = 2.0
"""Time until every span is in the file."""
BEGAN, ENDED = "began", "ended"
STAGES = (
    ("the call reaches its method", "evidence.create_evidence_item", BEGAN),
    ("evidence checks, records and commits the item, and answers", "evidence.create_evidence_item", ENDED),
    ("rules hear of it by the feed", "rules.evidence_item_recorded", BEGAN),
    ("rules store the fact and ask for an evaluation", "rules.evidence_item_recorded", ENDED),
    ("commit; the evaluator wakes and reads what is known", "rules.evaluate", BEGAN),
    ("our plain engine answers and explains", "rules.evaluate", ENDED),
    ("the other engine answers", "rules.ask_engine", ENDED),
    ("until when it holds; the writer's turn", "rules.assess_practice", BEGAN),
    ("record and concerns are written", "rules.assess_practice", ENDED),
)
LAST = "commit; another service hears of the concern by the feed"
Moments = dict[tuple[str, str], int]


def main(rounds: int) -> None:
    """Print the median of each stage, in milliseconds."""
    ways = [way for _ in range(rounds) for way in _round()]
    began = 0.0
    print(f"{len(ways)} items, one at a time, about people without any.\n\n| stage | ends at, ms | takes, ms |")
    print("| --- | ---: | ---: |")
    for number, what in enumerate([*(stage[0] for stage in STAGES), LAST]):
        ended = percentile([way[number] for way in ways], 0.5)
        print(f"| {what} | {ended:.2f} | {ended - began:.2f} |")
        began = ended


def _round() -> Iterator[list[float]]:
    """Yield, for each item, the milliseconds from sending it to the end of each stage."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "spans"
        with running(extra={"PSMF_TRACE_FILE": str(file)}) as processes, Listener(processes) as listener:
            trips = []
            for number in range(PEOPLE):
                sent = time.time_ns()
                until_heard(processes, listener, f"bench-{number}")
                trips.append((sent, time.time_ns()))
                time.sleep(REST_SECONDS)
            time.sleep(WRITTEN_SECONDS)
        traces = list(_traces(file))
    for sent, heard in trips:
        (found,) = (trace for trace in traces if sent < trace[STAGES[0][1:]] < heard)
        ends = [*(found[span, edge] for _, span, edge in STAGES), heard]
        yield [(end - sent) / 1e6 for end in ends]


def _traces(file: Path) -> Iterator[Moments]:
    """Yield when the spans of each trace began and ended that led to an evaluation."""
    found: dict[str, Moments] = {}
    for line in file.read_text().splitlines():
        span = json.loads(line)
        moments, name, began = found.setdefault(span["trace"], {}), span["name"], span["began_ns"]
        moments.setdefault((name, BEGAN), began)
        moments.setdefault((name, ENDED), began + span["took_ns"])
    return (moments for moments in found.values() if all(stage[1:] in moments for stage in STAGES))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
