"""How rules on trial would have done against people's decisions (ReportRuleTrials)."""

from datetime import datetime, time

from services.platform.clock import LONDON
from services.platform.storage.database import to_micros
from services.refusals import not_found
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.closed_lists import RuleStatus
from services.rules.domain.forecasts.trials import TrialReport, report, terms_of
from services.rules.domain.rulebook.model import Rule, Rulebook


def report_trials(
    rulebook: Rulebook, rule_id: str, trials: SqlTrials, concerns: SqlConcerns, overrides: SqlOverrides
) -> list[TrialReport]:
    """Return how one rule did on trial, or every rule that is on trial now where `rule_id` is empty.

    Raises:
        Refusal: NOT_FOUND for an unknown rule, and for one that was never on trial with its present terms.
    """
    found = [_report(rulebook, rule, trials, concerns, overrides) for rule in _asked_about(rulebook, rule_id)]
    if rule_id and not found[0].people and found[0].rule.status is not RuleStatus.TRIAL:
        message = "This rule is not on trial, and never was with its present terms. See: psmf rules trial report"
        raise not_found("RULE_NOT_ON_TRIAL", message, "rule")
    return found


def _asked_about(rulebook: Rulebook, rule_id: str) -> list[Rule]:
    if not rule_id:
        return [rule for rule in rulebook.rules if rule.status is RuleStatus.TRIAL]
    try:
        return [rulebook.rule(rule_id)]
    except KeyError:
        raise not_found("RULE_NOT_FOUND", "No rule in the rulebook in force has this id.", "rule") from None


def _report(
    rulebook: Rulebook, rule: Rule, trials: SqlTrials, concerns: SqlConcerns, overrides: SqlOverrides
) -> TrialReport:
    standings = trials.of_rule(rule.rule_id, terms_of(rulebook, rule))
    if not standings:
        return TrialReport(rule)
    began_on = min(standing.asked_on for standing in standings)
    began_at = to_micros(datetime.combine(began_on, time(), LONDON))
    rules = {one.rule_id: one for one in rulebook.rules}
    made = overrides.made_since(began_at)
    # Without its rule, the standards that an override was about are unknown.
    with_rules = [(one, rules[one.aside.key.rule_id]) for one in made if one.aside.key.rule_id in rules]
    return report(rule, standings, concerns.open_or_ended_since(began_at), with_rules)
