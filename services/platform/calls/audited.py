"""Audit rows that the gate writes: of each read before it is answered, and of each call that is not carried out.

The row of a command is written by `commands`, in the transaction of its effect.
"""

from collections.abc import Iterator

from google.protobuf.message import Message

from services.platform.calls.commands import DENIED, REFUSED, Call, Commands
from services.refusals import Kind, Refusal

_NO_ANSWER = (Kind.UNAVAILABLE, Kind.EXHAUSTED, Kind.UNAUTHENTICATED, Kind.LATE)
"""Refusals that say nothing about a record: the service cannot answer now, or nobody has proved who asks."""


def note_answer(commands: Commands, call: Call, answer: Message) -> None:
    """Write the row of a read about people, with whom its answer is about."""
    if call.rules.leaves_read_audit:
        commands.note_read(call, commands.people_of(call, (answer,)))


def noted_parts(commands: Commands, call: Call, parts: Iterator[Message]) -> Iterator[Message]:
    """Pass on the parts of a stream. The first leaves a row, and so does each that first comes to somebody."""
    if not call.rules.leaves_read_audit:
        yield from parts
        return
    told: set[str] | None = None
    for part in parts:
        people = [each for each in commands.people_of(call, (part,)) if not told or each not in told]
        if told is None or people:
            commands.note_read(call, people)
        told = (told or set()).union(people)
        yield part


def note_refusal(commands: Commands, call: Call | None, refusal: Refusal | None) -> None:
    """Write the row of a call that was denied, or about people and refused. No refusal means an unexpected error."""
    if call is None or (refusal is not None and refusal.kind in _NO_ANSWER):
        return
    denied = refusal is not None and refusal.kind is Kind.NOT_ALLOWED
    if denied or call.rules.writes or call.rules.is_about_people:
        commands.note_refusal(call, DENIED if denied else REFUSED)
