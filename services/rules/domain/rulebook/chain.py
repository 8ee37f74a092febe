"""The chain of activations: each is signed and names the one before it by its hash, so that no change goes unseen (A3).

The statement that is signed says everything that decides which rules are in force: the row of the activation, the files
of its rulebook by the hash of each, and who approved them. The end of the chain is signed too, because a chain alone
does not show that its last link was taken away.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHORT_HASH = 12
"""Characters of a rulebook's hash that sentences name."""
ROW_IN_WORDS = {
    "content_hash": "its rulebook",
    "kind": "its kind",
    "person": "the person",
    "reason": "the reason",
    "effective_at": "its time",
    "in_force_at": "the time when it came into force",
    "refused": "whether it was refused",
    "taken_back": "whether it was taken back",
    "author": "the author of its rulebook",
}
"""What each part of the row of an activation is called."""
Statement = Mapping[str, Any]
Read = Callable[[str], Statement | None]
"""Returns what a signature says; None if no key of the service made it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One activation as it is stored. `row`: what its row and revision say, by the keys of `ROW_IN_WORDS`.

    `files`: SHA-256 of the text of each file by its name. `approvers`: who approved it, as signed approvals say.
    """

    number: int
    row: Statement
    files: Mapping[str, str]
    approvers: frozenset[str]
    signature: str

    def statement(self, before: "Link | None") -> dict[str, Any]:
        """Return what is signed of it."""
        return {
            "number": self.number,
            **self.row,
            "files": dict(self.files),
            "approvers": sorted(self.approvers),
            "previous": "" if before is None else mark_of(before.signature),
        }


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the chain found. `end_hash`: the hash of its last signature, empty without one."""

    faults: tuple[str, ...]
    signed: bool
    activations: int
    end_hash: str


def mark_of(signature: str) -> str:
    """Return the hash by which the next link names the one that has this signature."""
    return hashlib.sha256(signature.encode()).hexdigest()


def end_of(links: Sequence[Link]) -> dict[str, Any]:
    """Return what is signed of the end of the chain."""
    return {"number": links[-1].number, "previous": mark_of(links[-1].signature)}


def faults_of(links: Sequence[Link], end: Statement | None, read: Read) -> Iterator[str]:
    """Say in a sentence each what was changed since it was signed. `end`: what the signature of the end says."""
    before = None
    for link in links:
        said = read(link.signature)
        if said is None:
            yield f"Activation {link.number} bears no signature of this service."
        else:
            yield from _of_link(link, before, said)
        before = link
    if links and end is None:
        yield "The end of the list of activations bears no signature of this service."
    elif end is not None and (not links or end != end_of(links)):
        yield (
            f"The list of activations does not end with activation {end.get('number')} as it was signed: "
            "one was taken away, put in or changed."
        )


def _of_link(link: Link, before: Link | None, said: Statement) -> Iterator[str]:
    wanted = link.statement(before)
    if said.get("number") != link.number:
        yield f"Activation {link.number} bears the signature of another one."
        return
    if said.get("previous") != wanted["previous"]:
        yield f"Activation {link.number} does not follow the one before it: one was taken away, put in or changed."
    changed = [words for name, words in ROW_IN_WORDS.items() if said.get(name) != wanted[name]]
    if changed:
        yield f"Activation {link.number} is not as it was signed. Changed: {', '.join(changed)}."
    yield from _of_files(link, said)
    for approver in sorted({*said.get("approvers", ())} - link.approvers):
        yield f"Activation {link.number}: the approval by {approver} is gone, or is not as it was signed."


def _of_files(link: Link, said: Statement) -> Iterator[str]:
    signed, now = said.get("files", {}), link.files
    rulebook = str(said.get("content_hash", ""))[:SHORT_HASH]
    for name in sorted(signed.keys() - now.keys()):
        yield f"Rulebook {rulebook}: the file {name} is gone since it was signed."
    for name in sorted(signed.keys() & now.keys()):
        if signed[name] != now[name]:
            yield f"Rulebook {rulebook}: the file {name} is not as it was when it was signed."
    if more := len(now.keys() - signed.keys()):
        yield f"Rulebook {rulebook}: files were added since it was signed: {more}."
