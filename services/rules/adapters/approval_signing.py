"""Signatures of what puts rules in force, and the check that they still fit what is stored (RFC 7515, Ed25519).

Approvals are signed one by one, activations as a chain (`domain/rulebook/chain.py`). The same keys sign both.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.platform.calls.identity import keys_of
from services.platform.watched_file import WatchedFile
from services.refusals import precondition
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.rulebook.revisions import Approval, Revision

ALGORITHM = "Ed25519"
TYPE = "rulebook-approval+jws"
ACTIVATION = "rulebook-activation+jws"
END = "rulebook-end+jws"
"""The end of the chain of activations."""


class ApprovalKey:
    """The keys for approvals and activations. The first signs and all verify, so that a key can be replaced.

    Only the first needs its private part. The file is read again when it changes.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read `file`: a private JWK, or a set of them with the newest first. Without one, nothing can be approved."""
        what = "private keys for approvals, newest first, as a JSON Web Key or a set of them"
        self._file = WatchedFile(file, keys_of, what, "own_key") if file else None

    @property
    def _keys(self) -> tuple[OKPKey, ...]:
        return self._file.now() if self._file else ()

    @property
    def signs(self) -> bool:
        """Whether there is a key to sign with."""
        return bool(self._keys)

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
        return self._signed(TYPE, _statement(revision, approval))

    def sign_statement(self, kind: str, statement: Mapping[str, Any]) -> str:
        """Return a JWS over a statement. `kind`: `ACTIVATION` or `END`. It needs a key."""
        return self._signed(kind, canonical_json(statement))

    def read_statement(self, kind: str, signature: str) -> Mapping[str, Any] | None:
        """Return what was signed, None if no key of this service signed it as a statement of this kind."""
        for key in self._keys:
            if payload := _verified(signature, key, kind):
                said = json.loads(payload)
                return said if isinstance(said, dict) else None
        return None

    def vouches_for(self, revision: Revision) -> bool:
        """Return whether every stored approval is as it was signed, and one of them is by a second person."""
        return revision.approved and all(self.fits(revision, approval) for approval in revision.approvals)

    def fits(self, revision: Revision, approval: Approval) -> bool:
        """Return whether an approval is as it was signed."""
        return any(_verified(approval.signature, key, TYPE) == _statement(revision, approval) for key in self._keys)

    def _signed(self, kind: str, statement: bytes) -> str:
        header = {"alg": ALGORITHM, "typ": kind}
        return jws.serialize_compact(header, statement, self._keys[0], algorithms=[ALGORITHM])


def _verified(signature: str, key: OKPKey, kind: str) -> bytes:
    """Return what was signed, empty if the signature does not fit the key."""
    try:
        found = jws.deserialize_compact(signature, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return b""
    # A signature of another kind, made with the same key, must not pass for this one.
    return found.payload if found.headers().get("typ") == kind else b""


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
