"""`psmf timeline`: what happened with one Safeguarder, in order of time, from all services."""

from typing import Annotated, Any

import typer

from services.cli.arguments import choose
from services.cli.command import PageToken, PersonOrOneself
from services.cli.failure import LATER, CommandError
from services.cli.terminal import Terminal, plain
from services.client.words import day_of, short

PAGE = 50


def timeline(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    standard: Annotated[str, typer.Option(help="Only what is about this standard, for example S2.")] = "",
    source: Annotated[str, typer.Option(help="Only evidence from this source, for example reporter.")] = "",
    kind: Annotated[str, typer.Option(help="Only this kind, for example feedback, matter or session.")] = "",
    polarity: Annotated[str, typer.Option(help="Only what is praise, neutral or concern.")] = "",
    page_size: Annotated[int, typer.Option(min=1, max=500, help="At most this many entries.")] = PAGE,
    page_token: PageToken = "",
) -> int:
    """Show what happened with a Safeguarder, the newest first, from all services. A correction stands by itself.

    psmf timeline sg-1a2b3c4d
    psmf timeline --kind matter --as person-sg-1a2b3c4d
    """
    from psmf.platform.v1 import timeline_pb2 as pb

    from services.client.file.timeline import timeline_of

    request = pb.ListTimelineEntriesRequest(
        parent=terminal.safeguarder(safeguarder),
        page_size=page_size,
        after_place=page_token,
        standard=standard,
        source=_source(source),
        kind=_kind(kind),
        polarity=_polarity(polarity),
    )
    return _print(terminal, timeline_of(terminal.client, terminal.person, request))


def _print(terminal: Terminal, found: Any) -> int:
    """Print a page of a timeline. Return the exit code: LATER if a service does not answer."""
    code = LATER if found.silent else 0
    if terminal.as_json:
        entries = [plain(entry) for entry in found.entries]
        terminal.data({"items": entries, "nextPageToken": found.next_place, "not_answering": list(found.silent)})
        return code
    if not found.entries:
        terminal.text("Nothing like that is on file.")
    terminal.entries(found.entries, found.next_place, _lines)
    if found.silent:
        terminal.text(f"Missing, because they do not answer: {', '.join(found.silent)}.")
    return code


def _lines(entry: Any) -> tuple[str, ...]:
    """Return the day of an entry, and its lines: what happened, what it corrects or is corrected by, and who did it."""
    from services.client.file.timeline import says_more, what_happened

    what, more = what_happened(entry), says_more(entry)
    corrections = (("Corrects", entry.corrects), ("Corrected by", entry.corrected_by))
    said = (f"{says} {short(name)}." for says, name in corrections if name not in ("", entry.name))
    happened = f"{what[:1].upper()}{what[1:]}{f': {more}' if more else ''}."
    return day_of(entry, "event_date"), happened, " ".join(said), f"By {entry.person}." if entry.person else ""


def _source(word: str) -> str:
    from psmf.evidence.v1 import evidence_pb2

    return _word(evidence_pb2.EvidenceSource, choose(evidence_pb2.EvidenceSource, word, "--source")) if word else ""


def _polarity(word: str) -> str:
    from psmf.evidence.v1 import evidence_pb2

    return _word(evidence_pb2.Polarity, choose(evidence_pb2.Polarity, word, "--polarity")) if word else ""


def _kind(word: str) -> str:
    """Return a kind of entries. Those of evidence are a closed list of the contract, and the others are ours."""
    from psmf.evidence.v1 import evidence_pb2

    from services.client.file.timeline import OTHER_KINDS
    from services.platform.calls.wire import numbers

    typed = word.replace("-", "_")
    kinds = (*(one for one in numbers(evidence_pb2.EvidenceKind) if one), *OTHER_KINDS)
    if typed and typed not in kinds:
        allowed = ", ".join(one.replace("_", "-") for one in kinds)
        raise CommandError("USAGE", f"--kind {word!r} is not one of: {allowed}.")
    return typed


def _word(enum: Any, number: int) -> str:
    from services.platform.calls.wire import to_word

    return to_word(enum, number)
