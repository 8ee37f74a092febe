"""What-if over years of history: seconds for today's organisation, cost per additional Safeguarder, and memory.

`python -m bench.whatif [LARGEST]` runs only this part and prints the table. LARGEST is 100,000 people by default.
"""

import gc
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml
import zen
from pydantic import TypeAdapter

from bench.measuring import PAIRS, Ratio, paired, seconds, table
from services.rules.adapters.rule_files.folder import SHIPPED, check_folder
from services.rules.domain.closed_lists import Kind, Polarity, Source
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.whatif import Tuning, WhatIf, WhatIfReport, throughout
from services.rules.domain.rulebook.model import Rulebook
from services.rules.simulations.kept import KeptPeople
from services.rules.simulations.process import WhatIfWork, case_file
from tests.rules.builders import PERSON, TODAY, an_item, shipped

YEARS = 5
ITEMS = 100
DIFFERENT = 200
TOGETHER = 250
SIZES = (1_000, 10_000, 100_000)
PROCESSES = 2
SPAN = Span(TODAY - timedelta(days=365 * YEARS), TODAY)
RULES = 200
_FACT = TypeAdapter(EvidenceFact)


def measure(largest: int = SIZES[-1]) -> list[Ratio]:
    """Return the table's rows."""
    return [*_today(), *_growing(largest), _beside_zen(), *_beside_polars(), _windows(), _tuning(), _check()]


def with_number(name: str, value: int) -> Rulebook:
    """Return the shipped rulebook with one number changed."""
    held = shipped().parameters[name]
    values = (*held.values[:-1], replace(held.values[-1], value=value))
    return replace(shipped(), parameters={**shipped().parameters, name: replace(held, values=values)})


@cache
def sent(number: int) -> dict[str, Any]:
    """Return a person with a hundred items over five years, in the form that the service sends to its process."""
    draw = random.Random(number)
    edition = shipped().editions[-1]
    indicators = [entry.indicator_id for standard in edition.standards for entry in standard.indicators]
    kinds = [Kind.FEEDBACK] * 5 + [Kind.SCRA_TIMELINESS, Kind.REPORT_SAMPLE_REVIEW, Kind.ATTENDANCE, Kind.COMMENDATION]
    items = []
    for place in range(ITEMS):
        on, kind = TODAY - timedelta(days=draw.randrange(365 * YEARS)), draw.choice(kinds)
        late = {"days_late": draw.choice((0, 0, 0, 2)), "extension_agreed": False}
        items.append(
            an_item(
                f"{number}-{place}",
                on,
                kind=kind,
                source=draw.choice(list(Source)),
                speaks="S4.1" if kind is Kind.SCRA_TIMELINESS else draw.choice(indicators),
                polarity=draw.choice([Polarity.NEUTRAL] * 6 + [Polarity.CONCERN, Polarity.PRAISE]),
                countable_from=on + timedelta(days=14),
                adverse_from=on + timedelta(days=14),
                details=late if kind is Kind.SCRA_TIMELINESS else {},
            )
        )
    return {
        "safeguarder_id": f"sg-{number}",
        "appointed_on": SPAN.since.isoformat(),
        "term_starts_on": PERSON.term_starts_on.isoformat(),
        "term_ends_on": (TODAY + timedelta(days=draw.randrange(1095))).isoformat(),
        "serving": True,
        "support_manager": f"manager-{number % 30}",
        "facts": [_FACT.dump_json(item).decode() for item in items],
        "duties": [],
    }


def _run(part: tuple[str, int, int, int]) -> tuple[float, int, int, int]:
    """Run some people through a candidate. Return CPU seconds, people, changed people and peak memory in KiB."""
    name, value, first, last = part
    whatif, report = _candidate(name, value), WhatIfReport()
    people = [sent(number % DIFFERENT) | {"safeguarder_id": f"sg-{number}"} for number in range(first, last)]
    started = time.process_time()
    for person in people:
        report.add(whatif.person(case_file(person)), person["support_manager"])
    taken = time.process_time() - started
    return taken, report.people, report.people_changed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@cache
def _candidate(name: str, value: int) -> WhatIf:
    return WhatIf(shipped(), with_number(name, value), SPAN)


def _today() -> list[Ratio]:
    """Measure 150 people and five years in one process, in wall time."""
    rows = []
    for name, value, about in (("late_reports_line", 1, "one line"), ("window_months", 9, "the window of every rule")):
        _run((name, value, 0, 2))
        taken = seconds(lambda name=name, value=value: _run((name, value, 0, 150)))  # type: ignore[misc]
        what = f"whatif, 150 people by {YEARS} years, {about} changed ÷ 10 s"
        rows.append(Ratio("-", what, taken, 10.0, "s", taken / 10.0, "≤ 1", taken <= 10.0))
    return rows


def _growing(largest: int) -> list[Ratio]:
    """Measure CPU per person, and memory, as the number of people grows a hundredfold. Parts run in own processes."""
    rows: list[Ratio] = []
    first = 0.0
    for size in [size for size in SIZES if size <= largest]:
        parts = [("late_reports_line", 1, start, start + TOGETHER) for start in range(0, size, TOGETHER)]
        started = time.perf_counter()
        with ProcessPoolExecutor(PROCESSES) as pool:
            done = list(pool.map(_run, parts, chunksize=4))
        wall = time.perf_counter() - started
        each = sum(cpu for cpu, *_ in done) / size * 1e6
        first = first or each
        memory = max(kib for *_, kib in done) / 1024
        what = f"whatif, {size:,} people by {YEARS} years: {wall:.1f} s in {PROCESSES} processes, {memory:.0f} MiB each"
        ratio = each / first
        rows.append(Ratio("10", f"{what} ÷ at 1,000", each, first, "µs CPU/person", ratio, "≤ 1.2", ratio <= 1.2))
    return rows


class _Counting(PersonForecast):
    """A counter of how often a rule is evaluated."""

    asked = 0

    def _ask(self, walk: Any, is_open: bool) -> Any:
        _Counting.asked += 1
        return super()._ask(walk, is_open)


def _beside_zen() -> Ratio:
    """Compare evaluating a rule at one moment, from the evidence, with a table's decision on a given number."""
    files = [case_file(sent(number)) for number in range(60)]
    scope = ForecastScope(throughout(shipped()))
    _Counting.asked = 0
    started = time.process_time()
    for file in files:
        _Counting(scope, file, SPAN).spells  # noqa: B018  computed on access
    ours = (time.process_time() - started) / _Counting.asked * 1e6
    decision = zen.ZenEngine().create_decision(json.dumps(_TABLE))
    rounds = 5_000
    started = time.process_time()
    for number in range(rounds):
        decision.evaluate({"late_reports": number % 4})
    theirs = (time.process_time() - started) / rounds * 1e6
    what = "a rule asked at one moment, from the evidence ÷ a zen-engine decision on a number given"
    return Ratio("-", what, ours, theirs, "µs CPU", ours / theirs, "≤ 1", ours <= theirs)


_TABLE = {
    "contentType": "application/vnd.gorules.decision",
    "nodes": [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "table",
            "name": "table",
            "type": "decisionTableNode",
            "position": {"x": 0, "y": 0},
            "content": {
                "hitPolicy": "first",
                "inputs": [{"id": "a", "name": "late", "field": "late_reports"}],
                "outputs": [{"id": "o", "name": "raised", "field": "raised"}],
                "rules": [{"_id": "1", "a": ">= 2", "o": "true"}, {"_id": "2", "a": "", "o": "false"}],
            },
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ],
    "edges": [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ],
}


def _beside_polars() -> list[Ratio]:
    """Compare the days on which one rule holds by two lines with a polars rolling count, which has no reasons.

    From nothing, and by what is kept from a what-if of another line, as the simulator's process keeps it.
    """
    number, ours_together = 2_000, 400
    people = [sent(n % DIFFERENT) | {"safeguarder_id": f"sg-{n:04}", "versions": [ITEMS, 0]} for n in range(number)]
    files = [case_file(person) for person in people]
    frame = pl.DataFrame(
        [
            {"person": file.person.safeguarder_id, "on": fact.countable_from, "late": _is_late(fact)}
            for file in files
            for fact in file.evidence
        ]
    ).sort("person", "on")
    whatif, kept = _candidate("late_reports_line", 1), KeptPeople()
    WhatIfWork(_asked(3), kept).take(people[:ours_together])
    without = [{name: p[name] for name in p if name not in ("facts", "duties")} for p in people[:ours_together]]
    gc.freeze()  # as the simulator's process does
    again = iter([WhatIfWork(_asked(1), kept) for _ in range(PAIRS)])
    rows = []
    for about, floor, ours in (
        ("from nothing", 600, lambda: [whatif.person(file) for file in files[:ours_together]]),
        ("series kept", 5, lambda: next(again).take(without)),
    ):
        mine, theirs, ratio = paired(
            lambda ours=ours: _cpu_seconds(ours) / ours_together * 1e6,  # type: ignore[misc]
            lambda: _cpu_seconds(lambda: _scan(frame)) / number * 1e6,
        )
        what = f"whatif of one line, {about} ÷ a bare polars rolling count of the same items"
        rows.append(Ratio("10", what, mine, theirs, "µs CPU/person", ratio, f"≤ {floor}", ratio <= floor))
    return rows


def _asked(line: int) -> dict[str, Any]:
    """Return a what-if of one line, as the service asks its process."""
    files = {file.relative_to(SHIPPED).as_posix(): file.read_text() for file in SHIPPED.rglob("*.yaml")}
    old = 'value: 2, origin: ours, cites: "Framework, Standard 4"'
    after = files | {"parameters.yaml": files["parameters.yaml"].replace(old, old.replace("2", str(line), 1))}
    days = {"since": SPAN.since.isoformat(), "until": SPAN.until.isoformat()}
    return days | {"before": files, "after": after, "as_dated": False, "as_received": False}


def _tuning() -> Ratio:
    """Compare a number tried at each of eight values with a what-if of it."""
    files = [case_file(sent(number)) for number in range(DIFFERENT)]
    whatif = _candidate("late_reports_line", 1)

    def tuned() -> None:
        tuning = Tuning(shipped(), "late_reports_line", range(1, 9), SPAN)
        for file in files:
            tuning.add(file)

    ours, theirs, ratio = paired(
        lambda: _cpu_seconds(tuned) * 1e3, lambda: _cpu_seconds(lambda: [whatif.person(file) for file in files]) * 1e3
    )
    what = f"tuning of a line at 8 values, {DIFFERENT} people ÷ a whatif of it"
    return Ratio("-", what, ours, theirs, "ms CPU", ratio, "≤ 3", ratio <= 3)


def _cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of one run, of all its threads."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _windows() -> Ratio:
    """Measure the CPU time of a person for whom the window of every rule changes."""
    each = _run(("window_months", 9, 0, DIFFERENT))[0] / DIFFERENT * 1e3
    what = "whatif of the window of every rule, a person ÷ 5 ms"
    return Ratio("10b", what, each, 5.0, "ms CPU", each / 5.0, "≤ 1", each <= 5.0)


def _is_late(fact: EvidenceFact) -> bool:
    return fact.kind is Kind.SCRA_TIMELINESS and fact.details.get("days_late", 0) != 0


def _scan(frame: pl.DataFrame) -> int:
    late = frame.filter(pl.col("late"))
    counted = late.rolling(index_column="on", period="12mo", group_by="person").agg(pl.len().alias("late_reports"))
    return sum(counted.filter(pl.col("late_reports") >= line).height for line in (1, 2))


def _check() -> Ratio:
    """Measure `psmf rules check` on 200 rules."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _many_rules(folder)
        taken = min(seconds(lambda: check_folder(folder, TODAY)) for _ in range(3))
    return Ratio("-", f"check of {RULES} rules ÷ 1 s", taken, 1.0, "s", taken, "≤ 1", taken <= 1.0)


def _many_rules(folder: Path) -> None:
    """Write the shipped rulebook to a folder, with its rules repeated under other names until there are 200."""
    for file in SHIPPED.rglob("*.yaml"):
        target = folder / file.relative_to(SHIPPED)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text())
    texts = [text for file in sorted((folder / "rules").glob("*.yaml")) for text in _entries(file.read_text())]
    for number in range(RULES - len(texts)):
        rule_id, text = texts[number % len(texts)]
        again = text.replace(f"- rule: {rule_id}\n", f"- rule: {rule_id}-{number}\n", 1)
        with (folder / "rules" / f"more-{number // 20}.yaml").open("a") as more:
            more.write(again)


def _entries(text: str) -> Sequence[tuple[str, str]]:
    parts = [f"- rule: {part}" for part in text.split("- rule: ")[1:]]
    return [(yaml.safe_load(part)[0]["rule"], part) for part in parts]


if __name__ == "__main__":
    print(table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])))
