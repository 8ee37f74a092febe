"""Sign each activation when it is stored, and refuse to go on from one that was changed (A3)."""

from collections.abc import Sequence
from dataclasses import replace

from services.refusals import Kind, Refusal
from services.rules.adapters.approval_signing import ACTIVATION, END, ApprovalKey
from services.rules.adapters.rule_files.folder import RulebookRefused, check_stored
from services.rules.adapters.rule_files.released import RELEASED
from services.rules.adapters.store.chain import SqlChain
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.rulebook import chain as domain
from services.rules.domain.rulebook.chain import Link, Look

NO_KEY = (
    "Activation {} is not of a rulebook that came with a release, and without PSMF_APPROVAL_KEY_FILE nothing else can "
    "be checked."
)
ALL_GONE = "There are revisions of the rulebook, but every activation was taken away."
SHOWN_FAULTS = 20


class SignedChain:
    """The chain of activations in the current transaction, with the keys that sign it.

    `enforced`: whether new rules need an approval. Where they need none, what is stored is taken as it is.
    """

    def __init__(self, store: SqlChain, revisions: SqlRevisions, key: ApprovalKey, enforced: bool) -> None:
        self._store = store
        self._revisions = revisions
        self._key = key
        self._enforced = enforced

    def faults(self) -> tuple[str, ...]:
        """Return what was changed since it was signed, a sentence each; the first twenty."""
        if not self._key.signs:
            return self._not_released() if self._enforced else ()
        links = self._store.links()
        if not links and self._store.has_revisions():
            return (ALL_GONE,)
        # A rulebook that came into force twice is looked at twice.
        return tuple(dict.fromkeys(domain.faults_of(links, self._end(), self._read)))[:SHOWN_FAULTS]

    def look(self) -> Look:
        """Return what there is, and whether it is as it was signed."""
        links, faults = self._store.links(), self.faults()
        end = self._store.end()
        return Look(faults, self._key.signs, len(links), domain.mark_of(end) if end else "")

    def require_whole(self) -> None:
        """Refuse to add to a chain that was changed: a new signature would cover the change.

        Raises:
            Refusal: UNAVAILABLE with the first fault.
        """
        if self._enforced and (faults := self.faults()):
            raise not_trusted(faults)

    def sign_last(self) -> None:
        """Sign what was added, and once more the link before it, which may have been taken back or come into force.

        Only the last link of a chain ever changes. Those before it keep their signatures.
        """
        links = self._store.links()
        signed = self._end()
        self._sign(links, signed["number"] if signed else 0)

    def sign_all(self) -> None:
        """Sign every activation as it stands."""
        self._sign(self._store.links(), 0)

    def adopt(self) -> bool:
        """Sign what comes from before signatures, once. Return whether it was signed.

        What is in force or scheduled must have come with a release, or signed approvals must vouch for it, and its
        files must be those that its hash names. So nothing is signed that could not have been in force before.
        """
        if not self._store.is_to_adopt() or not self._key.signs:
            return False
        plan = self._revisions.activations()
        if not all(self._may_be_adopted(one.content_hash) for one in (plan.in_force, plan.scheduled) if one):
            return False
        self.sign_all()
        return True

    def _may_be_adopted(self, content_hash: str) -> bool:
        try:
            check_stored(self._revisions.files(content_hash), content_hash)
        except RulebookRefused:
            return False
        revision = self._revisions.find(content_hash)
        return content_hash in RELEASED or (revision is not None and self._key.vouches_for(revision))

    def _sign(self, links: Sequence[Link], first: int) -> None:
        if not self._key.signs:
            self._store.mark_to_adopt()
            return
        before: Link | None = None
        done = []
        for link in links:
            before = self._signed(link, before) if link.number >= first else link
            done.append(before)
        if done:
            self._store.put_end(self._key.sign_statement(END, domain.end_of(done)))

    def _signed(self, link: Link, before: Link | None) -> Link:
        signature = self._key.sign_statement(ACTIVATION, link.statement(before))
        self._store.put_signature(link.number, signature)
        return replace(link, signature=signature)

    def _end(self) -> domain.Statement | None:
        return self._key.read_statement(END, self._store.end())

    def _read(self, signature: str) -> domain.Statement | None:
        return self._key.read_statement(ACTIVATION, signature)

    def _not_released(self) -> tuple[str, ...]:
        links = [link for link in self._store.links() if not link.row["taken_back"]]
        return tuple(NO_KEY.format(link.number) for link in links if link.row["content_hash"] not in RELEASED)


def not_trusted(faults: Sequence[str]) -> Refusal:
    """Return the refusal of everything that needs rules, while what is stored of them is not as it was signed."""
    message = f"The stored rulebook is not as it was signed, so no rules are in force. {faults[0]}"
    return Refusal(Kind.UNAVAILABLE, "RULEBOOK_NOT_TRUSTED", message)
