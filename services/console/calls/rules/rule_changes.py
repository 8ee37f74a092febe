"""What pages ask about changes of the rulebook: numbers, revisions, and what a change would have done in the past."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psmf.rules.v1 import (
    revisions_pb2,
    rules_pb2,
    simulations_pb2,
    simulations_pb2_grpc,
    trials_pb2,
    trials_pb2_grpc,
)

from services.console.calls.caller import Channels, TokenOf
from services.console.calls.rules.rulebook import RulebookCalls
from services.console.forms.answers import Sent
from services.console.forms.rule_changes import TypedNumber
from services.console.requests import Visit
from services.platform.calls.wire import to_date, to_instant

REVISIONS, SIMULATIONS = "rulebookRevisions/", "simulations/"
LATEST = 20
"""Simulations that a page lists. Each page shows only the latest few."""


class RuleChangeCalls(RulebookCalls):
    """Calls about changes of the rulebook. People stand in them by their opaque ids only."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        rules = self._channels["rules"]
        self._simulations: Any = simulations_pb2_grpc.SimulationServiceStub(rules)
        self._trials: Any = trials_pb2_grpc.RuleTrialServiceStub(rules)

    async def numbers(self, visit: Visit) -> Any:
        """Return every number of the rulebook in force, with all its dated values."""
        return await self._ask(visit, "rules", self._rulebook.ListParameters, rules_pb2.ListParametersRequest())

    async def rule_trials(self, visit: Visit) -> Any:
        """Return how the rules on trial would have done."""
        request = trials_pb2.ReportRuleTrialsRequest()
        return await self._ask(visit, "rules", self._trials.ReportRuleTrials, request)

    async def revisions(self, visit: Visit, page: str = "") -> Any:
        """Return revisions of the rulebook, newest first."""
        request = revisions_pb2.ListRulebookRevisionsRequest(page_token=page)
        return await self._ask(visit, "rules", self._revisions.ListRulebookRevisions, request)

    async def revision(self, visit: Visit, content: str) -> Any:
        """Return one revision, by the hash of its content."""
        request = revisions_pb2.GetRulebookRevisionRequest(name=REVISIONS + content)
        return await self._ask(visit, "rules", self._revisions.GetRulebookRevision, request)

    async def differences(self, visit: Visit, content: str) -> Any:
        """Return how a revision differs from the rulebook in force, in words."""
        request = revisions_pb2.CompareRulebookRevisionsRequest(name=REVISIONS + content)
        return await self._ask(visit, "rules", self._revisions.CompareRulebookRevisions, request)

    async def examined(self, visit: Visit, content: str) -> Any:
        """Return what the examples of a revision show today."""
        request = revisions_pb2.CheckRulebookRevisionRequest(name=REVISIONS + content)
        return await self._ask(visit, "rules", self._revisions.CheckRulebookRevision, request)

    @staticmethod
    def number_changed(parameter: str, typed: TypedNumber) -> Any:
        """Return a change of a number as the other calls take it."""
        return revisions_pb2.ParameterChange(
            parameter=parameter,
            from_date=to_date(typed.from_on),
            value=typed.number or 0,
            why=typed.why,
            cites=typed.cites,
            origin=typed.origin,
        )

    async def change_number(
        self, visit: Visit, change: Any, request_id: str, examples: Sequence[tuple[str, str]] = ()
    ) -> Any:
        """Hand in a change of a number, with the suggested examples that are wanted, each by its key with a title.

        Raises:
            NotDone: the service refused it, and says why.
        """
        wanted = [revisions_pb2.GuardingExample(key=key, title=title) for key, title in examples]
        request = revisions_pb2.ChangeParameterRequest(change=change, examples=wanted, request_id=request_id)
        return await self._write(visit, "rules", self._revisions.ChangeParameter, request)

    async def look_at_change(self, visit: Visit, change: Any) -> Any:
        """Return what a change of a number would make, and which examples would guard it. Nothing is kept.

        Raises:
            NotDone: the service would refuse it, and says why.
        """
        request = revisions_pb2.ChangeParameterRequest(change=change, validate_only=True)
        return await self._write(visit, "rules", self._revisions.ChangeParameter, request)

    async def try_change(self, visit: Visit, change: Any, request_id: str) -> Any:
        """Have a change of a number tried on the past. The simulation keeps what was asked."""
        request = simulations_pb2.SimulateRulebookRequest(change=change, request_id=request_id, as_received=True)
        return await self._write(visit, "rules", self._simulations.SimulateRulebook, request)

    async def try_revision(self, visit: Visit, content: str, request_id: str) -> Any:
        """Have a revision tried on the past."""
        request = simulations_pb2.SimulateRulebookRequest(
            revision=REVISIONS + content, request_id=request_id, as_received=True
        )
        return await self._write(visit, "rules", self._simulations.SimulateRulebook, request)

    async def tried(self, visit: Visit, content: str = "") -> Any:
        """Return the latest what-ifs: of a revision, or else those that the reader asked for."""
        request = simulations_pb2.ListSimulationsRequest(
            page_size=LATEST,
            kind=simulations_pb2.Simulation.KIND_WHAT_IF,
            revision=REVISIONS + content if content else "",
            mine=not content,
        )
        return await self._ask(visit, "rules", self._simulations.ListSimulations, request)

    async def simulation(self, visit: Visit, simulation: str) -> Any:
        """Return one simulation, with what it found."""
        request = simulations_pb2.GetSimulationRequest(name=SIMULATIONS + simulation)
        return await self._ask(visit, "rules", self._simulations.GetSimulation, request)

    async def approve(self, visit: Visit, content: str, reason: str, report: str, sent: Sent) -> Any:
        """Approve a revision. `report`: the hash of the what-if that the reader had before them; empty for none."""
        request = revisions_pb2.ApproveRulebookRevisionRequest(
            name=REVISIONS + content,
            reason=reason,
            whatif_report_hash=report,
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "rules", self._revisions.ApproveRulebookRevision, request)

    async def send_back(self, visit: Visit, content: str, reason: str, sent: Sent) -> Any:
        """Send a draft back to its author, or take back the reader's own."""
        request = revisions_pb2.SendBackRulebookRevisionRequest(
            name=REVISIONS + content, reason=reason, etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "rules", self._revisions.SendBackRulebookRevision, request)

    async def publish(self, visit: Visit, content: str, at: datetime | None, sent: Sent) -> Any:
        """Put an approved revision in force, now or from an instant."""
        request = revisions_pb2.ActivateRulebookRevisionRequest(
            name=REVISIONS + content,
            effective_time=to_instant(at) if at else None,
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "rules", self._revisions.ActivateRulebookRevision, request)

    async def take_back(self, visit: Visit, reason: str, sent: Sent) -> Any:
        """Put the rulebook that was in force before back in force. The etag is that of the plan."""
        request = revisions_pb2.RollbackRulebookRequest(reason=reason, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "rules", self._revisions.RollbackRulebook, request)
