"""The pages of sampled reports: rounds, one report with its readings, and how far readers agree."""

from collections.abc import Iterator
from typing import Any

from services.cli.plan.shown import rows
from services.cli.sample.finding import LINES
from services.client.lines import folded
from services.client.words import day_of, how_many, london_time, safeguarder_of, short, spaced, word_of

_STATES = {
    "due": "SCRA's records hold no report to draw from",
    "selected": "drawn; the Team asks for the report",
    "obtained": "the Team has the report; nobody reads it yet",
    "not_available": "no report can be had",
    "assigned": "a reader has it",
    "second_read": "read twice; the readings differ",
    "reconciled": "read twice; one reading stands for both",
}


def stands(sample: Any) -> str:
    """Return where a sampled report stands, in words."""
    state = word_of(sample, "state")
    if state == "read":
        return "read once; a second reader still reads" if sample.second_wanted else "read"
    why = f": {spaced(word_of(sample, 'reason'))}" if sample.reason else ""
    return f"{_STATES.get(state, spaced(state))}{why}"


def report_of(sample: Any) -> str:
    """Return which report is sampled, in words; a hyphen if none was drawn."""
    if not sample.HasField("report"):
        return "-"
    return f"{sample.report.case_reference}, due {day_of(sample.report, 'due_date')}"


def round_text(shown: Any, width: int) -> str:
    """Return a round with its seed and how many reports stand where."""
    states = [f"{each.samples} {spaced(word_of(each, 'state'))}" for each in shown.standings]
    filed = f"filed from {day_of(shown, 'since_date')} to {day_of(shown, 'until_date')}"
    body = rows(
        [
            ("Seed", shown.seed),
            ("Made", f"{london_time(shown.create_time)}, by {shown.begun_by}"),
            ("Reports", f"{filed}; order of draw {shown.algorithm}"),
            ("Stand", ", ".join(states) or "nothing is drawn yet"),
            ("Not drawn", how_many(shown.not_drawn, "people") if shown.not_drawn else ""),
        ],
        width,
    )
    return "\n".join([folded(f"Round of sampling {short_round(shown.name)}", width), *body])


def short_round(name: str) -> str:
    """Return a round as people type it."""
    return name.removeprefix("sampleRounds/")


def sample_text(sample: Any, width: int) -> str:
    """Return one sampled report, with every reading that the caller may see."""
    second = ("because the seed chose it" if sample.second_by_seed else "by the Team") if sample.second_wanted else ""
    readers = ", ".join(filter(None, (sample.reader, sample.second_reader)))
    head = f"Sampled report of {safeguarder_of(sample.name)} · round {short_round(sample.round)}"
    body = [
        ("Stands", f"{stands(sample)}."),
        ("Report", report_of(sample)),
        ("Drawn from", how_many(len(sample.drawn_from), "reports") if sample.drawn_from else ""),
        ("Not provided", how_many(sample.passed, "reports") if sample.passed else ""),
        ("Read twice", second),
        (
            "Read once",
            f"the other reading did not come; {sample.wait_ended_by} ended the wait" if sample.wait_ended_by else "",
        ),
        ("Readers", readers),
        ("First read", day_of(sample, "read_date") if sample.HasField("read_date") else ""),
        *_readings(sample),
        ("Evidence", short(sample.evidence_item) if sample.evidence_item else ""),
    ]
    return "\n".join([folded(head, width), *rows(body, width)])


def _readings(sample: Any) -> Iterator[tuple[str, str]]:
    for number, reading in enumerate(sample.readings, 1):
        yield f"Reading {number}", "\n".join(filter(None, (rating_text(reading.rating), reading.words)))
    if sample.HasField("agreed"):
        label = "Stands" if sample.agreed.stands else "Proposed"
        yield label, "\n".join(filter(None, (rating_text(sample.agreed.rating), sample.agreed.words)))


def rating_text(rating: Any) -> str:
    """Return a reading in words. What was not read is said too: it is never below."""
    lines = [f"{spaced(line)} {word_of(rating, line) or 'not read'}" for line in LINES]
    return ", ".join([*lines, f"child's views {word_of(rating, 'child_views') or 'not said'}"])


def agreement_row(line: Any, least: int) -> tuple[str, ...]:
    """Return how far readers agree on one line, as a row."""
    return spaced(line.line), str(line.pairs), str(line.same), str(line.not_read), _kappa(line, least)


def _kappa(line: Any, least: int) -> str:
    if not line.enough:
        return f"not enough data: {least} pairs are needed"
    if not line.HasField("kappa"):
        return "not defined: every reading has the same word"
    return f"{line.kappa.value:.2f} ({line.kappa.low:.2f} to {line.kappa.high:.2f})"
