"""What pages ask about the decisions of Scottish Ministers: what is recorded, and how a record is corrected."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import decisions_pb2_grpc, safeguarder_pb2

from services.console.calls.caller import Channels, TokenOf, fill
from services.console.calls.people import PeopleCalls
from services.console.forms.answers import Sent
from services.console.forms.asked import Answers
from services.console.forms.decided import Said
from services.console.requests import Visit
from services.platform.calls.wire import to_date


class DecisionCalls(PeopleCalls):
    """Calls about recorded decisions, and the steps on them."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._decisions: Any = decisions_pb2_grpc.DecisionServiceStub(self._channels["evidence"])

    async def decisions_of(self, visit: Visit, person: str) -> Any:
        """Return what is recorded of Ministers' decisions about somebody, the newest first, with every correction."""
        request = pb.ListMinisterialDecisionsRequest(parent=person)
        return await self._ask(visit, "evidence", self._decisions.ListMinisterialDecisions, request)

    async def record_decision(self, visit: Visit, pack: Any, said: Said, sent: Sent) -> Any:
        """Record what Ministers decided on a recommendation, with the hash of the pack that both sides saw."""
        request = recorded(pack, said, sent)
        return await self._write(visit, "evidence", self._safeguarders.RecordMinisterialDecision, request)

    async def correct_decision(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Enter a correction. Nothing changes before another person confirms it."""
        request = pb.CorrectMinisterialDecisionRequest(
            name=name,
            not_made=answers.text("what") == "not_made",
            because=answers.text("because"),
            etag=sent.etag,
            request_id=sent.request_id,
        )
        day, months = answers.day("effective_date").read, answers.text("term_months")
        if isinstance(day, date):
            request.record.effective_date.CopyFrom(to_date(day))
        if months:
            request.record.term_months = int(months)
        return await self._write(visit, "evidence", self._decisions.CorrectMinisterialDecision, request)

    async def confirm_correction(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Confirm a correction that another person entered."""
        request = pb.ConfirmDecisionCorrectionRequest(name=name, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._decisions.ConfirmDecisionCorrection, request)

    async def withdraw_correction(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Take a correction back that nobody has confirmed."""
        request = pb.WithdrawDecisionCorrectionRequest(
            name=name, because=answers.text("because"), etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "evidence", self._decisions.WithdrawDecisionCorrection, request)


def recorded(pack: Any, said: Said, sent: Sent) -> safeguarder_pb2.RecordMinisterialDecisionRequest:
    """Return the request that records a decision."""
    name, (instrument, provision, version) = pack.recommendation.name, said.basis
    request = safeguarder_pb2.RecordMinisterialDecisionRequest(
        name="/".join(name.split("/")[:2]),
        effective_date=to_date(said.on),
        term_months=said.months,
        legal_basis=safeguarder_pb2.LegalBasis(instrument=instrument, provision=provision, version=version),
        recommendation=name,
        pack_hash=pack.hash,
        reasons=said.reasons,
        request_id=sent.request_id,
    )
    for field, word in (("kind", said.kind), ("end_reason", said.end_reason), ("decided_as", said.decided_as)):
        if word:
            fill(request, field, word)
    return request
