"""RuleTrialService: how rules on trial would have done, as counts only; no answer about a person leaves the service."""

from typing import Any

from psmf.rules.v1 import trials_pb2 as pb
from psmf.rules.v1 import trials_pb2_grpc

from services.platform.storage.database import Database
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.adapters.store.trials import SqlTrials
from services.rules.handlers.trials import report_trials
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire.trials import trial_message


class TrialServer(trials_pb2_grpc.RuleTrialServiceServicer):
    """Reports on trials, worked out at each call."""

    def __init__(self, database: Database, in_force: RulebookInForce) -> None:
        self._database = database
        self._in_force = in_force

    def ReportRuleTrials(self, request: pb.ReportRuleTrialsRequest, context: Any) -> pb.ReportRuleTrialsResponse:
        """Report on one rule, or on every rule on trial."""
        rulebook = self._in_force.current
        with self._database.read() as tx:
            stores = SqlTrials(tx), SqlConcerns(tx), SqlOverrides(tx)
            found = report_trials(rulebook, request.rule, *stores)
        messages = [trial_message(one) for one in found]
        return pb.ReportRuleTrialsResponse(rule_trials=messages, rulebook_hash=rulebook.content_hash)
