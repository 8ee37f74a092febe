"""The addresses of the rules, and those on which they are changed."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import EDITOR, POLICY, READS_CHANGES
from services.console.pages import rules
from services.console.pages.rule_changes import numbers
from services.console.pages.rule_changes import reading as reading_changes
from services.console.pages.rule_changes import steps as steps_of_changes


def of_the_rules(at: Addresses) -> list[Route]:
    """Return the pages of the rules, and those on which they are changed."""
    number, one = "/numbers/{parameter}/change", "/rule-changes/{revision}"
    return [
        at.get("/rules", rules.rules),
        at.get("/rules/{rule}", rules.rule),
        at.get("/rules/{rule}/at/{day}", rules.rule_at),
        *at.form(number, numbers.number_change, numbers.number_change_sent, roles=EDITOR),
        *at.form(f"{number}/{{trial}}", numbers.number_change_check, numbers.number_change_hand_in, roles=EDITOR),
        at.get("/rule-changes", reading_changes.rule_changes, roles=READS_CHANGES),
        at.get(one, reading_changes.rule_change, roles=READS_CHANGES),
        at.get(f"{one}/compare", reading_changes.rule_change_compared, roles=READS_CHANGES),
        at.get(f"{one}/examples", reading_changes.rule_change_examples, roles=READS_CHANGES),
        *at.form(f"{one}/what-if", reading_changes.rule_change_tried, reading_changes.rule_change_try, roles=POLICY),
        at.get(f"{one}/what-if/{{run}}", reading_changes.rule_change_run, roles=POLICY),
        *at.form(
            f"{one}/{{step}}", steps_of_changes.rule_change_step, steps_of_changes.rule_change_step_sent, roles=POLICY
        ),
    ]
