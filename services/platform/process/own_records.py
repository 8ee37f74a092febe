"""The records about a person that a service hands out as the person's own file, read by its other methods.

Each kind is read by the method that shows it to the person. So a file holds what the person may see, by the same code
that decides it everywhere else, and nothing that decides it again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from google.protobuf.message import Message

from services.refusals import Kind, Refusal

PAGE = 100
"""Records in memory at a time. A file of thousands needs no more than a short one."""


class OwnRecord(NamedTuple):
    """A record of a person's file. `withheld`: the ground by field, for fields that they know of."""

    record: Message
    withheld: Mapping[str, Any] = {}


class OwnKind(NamedTuple):
    """One kind of record: the method that shows it, as `{package}.{Service}/{Method}`, and how it is read."""

    method: str
    read: Callable[[str], Iterable[OwnRecord]]
    """Reads the records about one person, given by resource name. It is asked in the call of that person."""


class OwnFile(NamedTuple):
    """What a service hands out of a person's file, in order, and what it leaves out of everybody's."""

    kinds: Sequence[OwnKind] = ()
    left_out: Sequence[tuple[str, Any]] = ()
    """What, in a few words, and the ground, a value of the contract's enum."""


def listed(
    ask: Callable[[Any, Any], Any], request: Callable[..., Any], field: str, **options: Any
) -> Callable[[str], Iterator[OwnRecord]]:
    """Return what reads a list about one person, page by page. `ask`: the method that answers the list."""
    messages = messages_of(ask, request, field, **options)
    return lambda person: map(OwnRecord, messages(person))


def messages_of(
    ask: Callable[[Any, Any], Any], request: Callable[..., Any], field: str, **options: Any
) -> Callable[[str], Iterator[Any]]:
    """Return what reads the messages of a list about one person, as `listed` does."""
    return lambda person: pages(ask, request(parent=person, **options), field)


def single(
    ask: Callable[[Any, Any], Any],
    request: Callable[..., Any],
    ending: str = "",
    *,
    field: str = "name",
    may_lack: str = "",
    **options: Any,
) -> Callable[[str], Iterator[OwnRecord]]:
    """Return what reads one record about a person: the one whose name is the person's with an ending.

    `may_lack`: the refusal that says that there is none.
    """

    def read(person: str) -> Iterator[OwnRecord]:
        try:
            yield OwnRecord(ask(request(**{field: f"{person}{ending}"}, **options), None))
        except Refusal as refusal:
            if refusal.kind is not Kind.NOT_FOUND or refusal.reason != may_lack:
                raise

    return read


def pages(ask: Callable[[Any, Any], Any], request: Any, field: str) -> Iterator[Any]:
    """Yield every record of a list, asking for a page only when the one before is used up."""
    in_pages = "page_token" in request.DESCRIPTOR.fields_by_name
    if in_pages:
        request.page_size = PAGE
    while True:
        answer = ask(request, None)
        yield from getattr(answer, field)
        if not (in_pages and answer.next_page_token):
            return
        request.page_token = answer.next_page_token
