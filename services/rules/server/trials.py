"""RuleTrialService: how rules on trial would have done. Counts only: nobody learns what one said of a person."""

from collections import Counter
from datetime import datetime, time
from typing import Any

from psmf.rules.v1 import trials_pb2 as pb
from psmf.rules.v1 import trials_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.wire import to_date
from services.platform.clock import LONDON
from services.platform.storage.database import Database, to_micros
from services.refusals import not_found
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.closed_lists import RuleStatus
from services.rules.domain.forecasts.trials import Decided, TrialReport, report, terms_of
from services.rules.domain.rulebook.model import Rule, Rulebook
from services.rules.rulebook_in_force import RulebookInForce


class TrialServer(trials_pb2_grpc.RuleTrialServiceServicer):
    """Reports, worked out at each call."""

    def __init__(self, database: Database, in_force: RulebookInForce) -> None:
        self._database = database
        self._in_force = in_force

    def ReportRuleTrials(self, request: pb.ReportRuleTrialsRequest, context: Any) -> pb.ReportRuleTrialsResponse:
        """Of one rule, or of every rule on trial."""
        rulebook = self._in_force.current
        with self._database.read() as connection:
            found = [_report(connection, rulebook, rule) for rule in _asked(rulebook, request.rule)]
        if request.rule and not found[0].people and found[0].rule.status is not RuleStatus.TRIAL:
            message = "This rule is not on trial, and was not on trial as it stands. See: psmf rules trial report"
            raise not_found("RULE_NOT_ON_TRIAL", message, "rule")
        return pb.ReportRuleTrialsResponse(
            rule_trials=[_message(one) for one in found], rulebook_hash=rulebook.content_hash
        )


def _asked(rulebook: Rulebook, rule_id: str) -> list[Rule]:
    if not rule_id:
        return [rule for rule in rulebook.rules if rule.status is RuleStatus.TRIAL]
    try:
        return [rulebook.rule(rule_id)]
    except KeyError:
        raise not_found("RULE_NOT_FOUND", "No rule of the rulebook in force has this id.", "rule") from None


def _report(connection: Connection, rulebook: Rulebook, rule: Rule) -> TrialReport:
    standings = SqlTrials(connection).of_rule(rule.rule_id, terms_of(rulebook, rule))
    if not standings:
        return TrialReport(rule)
    began_on = min(one.asked_on for one in standings)
    began_at = to_micros(datetime.combine(began_on, time(), LONDON))
    rules = {one.rule_id: one for one in rulebook.rules}
    made = SqlOverrides(connection).made_since(began_at)
    overrides = [(one, rules[one.aside.key.rule_id]) for one in made if one.aside.key.rule_id in rules]
    return report(rule, standings, SqlConcerns(connection, 0).open_or_ended_since(began_at), overrides)


def _message(found: TrialReport) -> pb.RuleTrial:
    return pb.RuleTrial(
        rule=found.rule.rule_id,
        title=found.rule.title,
        start_date=to_date(found.since),
        people=found.people,
        people_raised=found.people_raised,
        first_raise_date=to_date(found.first_raised_on),
        last_raise_date=to_date(found.last_raised_on),
        raised=_decisions(found.raised),
        not_raised=_decisions(found.silent),
        still_raised=found.still_raised,
    )


def _decisions(counts: Counter[Decided]) -> pb.TrialDecisions:
    return pb.TrialDecisions(
        matters=counts.total(),
        taken_on=counts[Decided.TAKEN_ON],
        set_aside=counts[Decided.SET_ASIDE],
        dismissed=counts[Decided.DISMISSED],
        undecided=counts[Decided.UNDECIDED],
        no_concern=counts[Decided.NOT_RAISED],
    )
