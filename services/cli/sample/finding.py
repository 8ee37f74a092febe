"""What `psmf sample` reads: the sampled report that somebody names by its person, and one reading as people type it."""

import re
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.arguments import choose
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, safeguarder_of

SAMPLE = Annotated[
    str,
    typer.Argument(
        metavar="PERSON/ROUND",
        help="The Safeguarder, and the round if it is not the last one: sg-1a2b3c4d/2026-H2. "
        "A Safeguarder leaves out PERSON/, or writes - for the last round.",
    ),
]
ROUND = Annotated[str, typer.Argument(metavar="ROUND", help="For example 2026-H2. Default: the round of today.")]
RATING = Annotated[
    list[str],
    typer.Argument(
        metavar="LINE=WORD...",
        help="on-time, form, clear, reasoned and justifiable, each below, at or above; child-views=yes or no. "
        "Leave out what you did not read for: that is never below.",
    ),
]
_ROUND = re.compile(r"\d{4}-H[12]")
LINES = ("on_time", "form", "clear", "reasoned", "justifiable")


class FoundSample(NamedTuple):
    """A sampled report, as somebody named it."""

    record: Any
    typed: str
    """How the same person names it again."""


def find_sample(terminal: Terminal, text: str) -> FoundSample:
    """Return the sampled report that a text names: of a person, in a round or in the last one.

    Raises:
        CommandError: USAGE if somebody names nobody who is not a Safeguarder; NOT_FOUND if there is none.
        ClientError: for a person who is not found.
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    person, _, round_id = text.removeprefix("safeguarders/").partition("/")
    if _ROUND.fullmatch(person):
        person, round_id = "-", person
    parent = terminal.safeguarder(person)
    request = pb.ListReportSamplesRequest(parent=parent, round=f"sampleRounds/{round_id}" if round_id else "")
    found = list(terminal.pages(terminal.client.report_samples.ListReportSamples, request, "report_samples"))
    if parent == EVERYBODY and len({safeguarder_of(each.name) for each in found}) > 1:
        raise CommandError("USAGE", "Name the Safeguarder. Only Safeguarders may leave that out.")
    if not found:
        where = f"in the round {round_id}" if round_id else "in any round"
        raise CommandError("NOT_FOUND", f"You see no sampled report of this person {where}. Try: psmf sample list")
    record = found[-1]
    whose = "" if person == "-" else f"{safeguarder_of(record.name)}/"
    return FoundSample(record, f"{whose}{record.round.removeprefix('sampleRounds/')}")


def rating(typed: list[str]) -> Any:
    """Return a reading as a request has it, typed as `clear=below`.

    Raises:
        CommandError: USAGE for another form, a line that there is not or that comes twice, or an unknown word.
    """
    from psmf.evidence.v1 import evidence_pb2
    from psmf.evidence.v1 import report_samples_pb2 as pb

    rated: dict[str, Any] = {}
    for pair in typed:
        line, _, word = pair.partition("=")
        field = line.replace("-", "_")
        if field in rated:
            raise CommandError("USAGE", f"{line} stands there twice.")
        if field == "child_views":
            rated[field] = choose(evidence_pb2.YesNo, word, "child-views")
        elif field in LINES:
            rated[field] = choose(evidence_pb2.LineRating, word, "a line")
        else:
            lines = ", ".join((*LINES, "child_views")).replace("_", "-")
            raise CommandError("USAGE", f"{pair!r} is not LINE=WORD. The lines are {lines}.")
    return pb.Rating(**rated)
