"""`psmf evidence choices` and `similar`: what to know before an item is recorded."""

from typing import Any

from services.cli.command import PersonOrOneself
from services.cli.terminal import Terminal
from services.client.words import day_of, enum_of, short, spaced, word_of
from services.platform.calls.wire import to_word


def show_choices(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """Show which sources and kinds of evidence you may record about a person.

    psmf evidence choices sg-1a2b3c4d
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.GetRecordingChoicesRequest(parent=terminal.safeguarder(safeguarder))
    found = terminal.call(terminal.client.evidence.GetRecordingChoices, request)
    if terminal.as_json:
        terminal.data(found)
        return
    of_all = {name: ", ".join(map(spaced, words_in(found, name))) for name in ("sources", "kinds")}
    terminal.text(f"From   {of_all['sources']}\nKinds  {of_all['kinds']}")
    if not found.may_read_against_standards:
        terminal.text("The Team says later which standards it speaks to.")


def list_similar(terminal: Terminal, parent: str, item: Any) -> None:
    """List the items on a person's file that may be about the same thing as an item that is not recorded yet."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.FindSimilarEvidenceItemsRequest(parent=parent, evidence_item=item)
    answer = terminal.call(terminal.client.evidence.FindSimilarEvidenceItems, request)
    names = ("Happened", "Kind", "From", "Alike in", "Item")
    terminal.listing(answer.similar, "", names, _row)


def words_in(found: Any, field: str) -> list[str]:
    """Return the words of a repeated closed list."""
    values = enum_of(found, field)
    return [to_word(values, number) for number in getattr(found, field)]


def _row(similar: Any) -> tuple[str, ...]:
    item = similar.evidence_item
    alike = ", ".join(map(spaced, words_in(similar, "likeness")))
    kind, source = spaced(word_of(item, "kind")), spaced(word_of(item, "source"))
    return day_of(item, "happened_date"), kind, source, alike, short(item.name)
