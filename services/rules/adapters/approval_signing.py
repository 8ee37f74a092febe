"""Signatures of approvals of rulebooks, and the check that they still fit what is stored (RFC 7515, Ed25519)."""

import json
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.refusals import precondition
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.rulebook.revisions import Approval, Revision

ALGORITHM = "Ed25519"
TYPE = "rulebook-approval+jws"


class ApprovalKey:
    """The private keys for approvals. The first signs and all verify, so that a key can be replaced."""

    def __init__(self, file: Path | None = None) -> None:
        """Read `file`: a private JWK, or a set of them with the newest first. Without one, nothing can be approved."""
        kept = json.loads(file.read_text()) if file else {"keys": []}
        self._keys = [OKPKey.import_key(entry) for entry in kept.get("keys", [kept])]

    def sign(self, revision: Revision, approval: Approval) -> str:
        """Return a JWS in compact form over everything that was approved.

        Raises:
            Refusal: PRECONDITION if no key is configured.
        """
        if not self._keys:
            raise precondition(
                "NO_APPROVAL_KEY",
                "This service has no key to sign approvals with. Ask the operator to set PSMF_APPROVAL_KEY_FILE.",
            )
        header = {"alg": ALGORITHM, "typ": TYPE}
        return jws.serialize_compact(header, _statement(revision, approval), self._keys[0], algorithms=[ALGORITHM])

    def vouches_for(self, revision: Revision) -> bool:
        """Return whether every stored approval is as it was signed, and one of them is by a second person."""
        return revision.approved and all(self._fits(revision, approval) for approval in revision.approvals)

    def _fits(self, revision: Revision, approval: Approval) -> bool:
        return any(_verified(approval.signature, key) == _statement(revision, approval) for key in self._keys)


def _verified(signature: str, key: OKPKey) -> bytes:
    """Return what was signed, empty if the signature does not fit the key."""
    try:
        found = jws.deserialize_compact(signature, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return b""
    # A signature of another kind, made with the same key, must not pass for an approval.
    return found.payload if found.headers().get("typ") == TYPE else b""


def _statement(revision: Revision, approval: Approval) -> bytes:
    return canonical_json(
        {
            "revision": revision.content_hash,
            "author": revision.author,
            "approver": approval.approver,
            "reason": approval.reason,
            "approved_at": approval.approved_at,
            "whatif_report_hash": approval.whatif_report_hash,
            "cover_report_hash": approval.cover_report_hash,
        }
    )
