"""The chain of activations as it is stored: every link, taken back or not, and its signed end."""

import hashlib
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.rulebook.chain import Link
from services.rules.domain.rulebook.revisions import Approval, Revision

Fits = Callable[[Revision, Approval], bool]
END, TO_ADOPT = "end", "to_adopt"
"""The parts of `rulebook_chain`: the signature of the end, and the mark that what is there was never signed."""
_LINKS = (
    "SELECT number, signature, content_hash, kind, person, reason, effective_at, in_force_at, refused, taken_back "
    "FROM rulebook_activation ORDER BY number"
)
_ROW = ("content_hash", "kind", "person", "reason", "effective_at", "in_force_at", "refused", "taken_back")
_PUT = "INSERT INTO rulebook_chain (part, value) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET value = excluded.value"


class SqlChain:
    """The links of the chain and its end."""

    def __init__(self, connection: Connection, fits: Fits) -> None:
        """Read and write in a transaction. `fits` says whether an approval is as it was signed."""
        self._connection = connection
        self._revisions = SqlRevisions(connection)
        self._fits = fits

    def links(self) -> Sequence[Link]:
        """Return every activation by number. What is stored may be anything: nothing of it is believed here."""
        rows = execute(self._connection, _LINKS).fetchall()
        rulebooks = {row[2]: self._of_rulebook(row[2]) for row in rows}
        links = []
        for number, signature, *row in rows:
            author, approvers, files = rulebooks[row[0]]
            said = dict(zip(_ROW, row, strict=True)) | {"author": author, "taken_back": bool(row[-1])}
            links.append(Link(number, said, files, approvers, str(signature or "")))
        return links

    def _of_rulebook(self, content_hash: str) -> tuple[str, frozenset[str], dict[str, str]]:
        revision, files = self._revisions.find(content_hash), self._revisions.files(content_hash)
        marks = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
        if revision is None:
            return "", frozenset(), marks
        approvers = frozenset(one.approver for one in revision.approvals if self._fits(revision, one))
        return revision.author, approvers, marks

    def has_revisions(self) -> bool:
        """Return whether any revision is stored. Where one is, something was put in force with it."""
        return execute(self._connection, "SELECT 1 FROM rulebook_revision LIMIT 1").fetchone() is not None

    def put_signature(self, number: int, signature: str) -> None:
        """Store the signature of a link."""
        statement = "UPDATE rulebook_activation SET signature = ? WHERE number = ?"
        execute(self._connection, statement, (signature, number))

    def end(self) -> str:
        """Return the signature of the end, empty if it has none."""
        return self._part(END) or ""

    def put_end(self, signature: str) -> None:
        """Store the signature of the end. What is there is signed from now on."""
        execute(self._connection, _PUT, (END, signature))
        execute(self._connection, "DELETE FROM rulebook_chain WHERE part = ?", (TO_ADOPT,))

    def is_to_adopt(self) -> bool:
        """Return whether what is there comes from before signatures, or was made where there was no key."""
        return self._part(TO_ADOPT) is not None

    def mark_to_adopt(self) -> None:
        """Mark that what is there was made where there was no key."""
        execute(self._connection, _PUT, (TO_ADOPT, ""))

    def _part(self, part: str) -> str | None:
        row = execute(self._connection, "SELECT value FROM rulebook_chain WHERE part = ?", (part,)).fetchone()
        return None if row is None else str(row[0])
