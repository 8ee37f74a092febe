"""`psmf plan`: a person's development plan, its versions, and each side's confirmation."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, text_or_file
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.page.width import output_width
from services.cli.plan.reading import (
    WHOSE,
    duties_of,
    is_the_safeguarder,
    names_in_plan,
    person_typed,
    plan_of,
)
from services.cli.plan.shown import has_not_ended, plan_text
from services.cli.plan.versions import history_text, read_as
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short

app = group("plan")
_WORDS = "Both sides read it. @FILE reads a file."


@command(app, "show")
def show_plan(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    version: Annotated[int, typer.Option(min=0, help="Number of a version, to read it as it stood.")] = 0,
) -> None:
    """Show a development plan: who is awaited, strengths, needs, actions and supports. Both sides see the same page.

    psmf plan show sg-1a2b3c4d
    psmf plan show sg-1a2b3c4d --version 1
    """
    plan = plan_of(terminal, terminal.safeguarder(safeguarder), version)
    if terminal.as_json:
        terminal.data(plan)
        return
    if version:
        terminal.text(plan_text(plan, (), names_in_plan(terminal, plan), output_width()))
        terminal.following(f"psmf plan show{person_typed(safeguarder)}", plan)
        return
    duties = duties_of(terminal, f"safeguarders/{safeguarder_of(plan.name)}")
    terminal.text(plan_text(plan, duties, names_in_plan(terminal, plan), output_width()))
    own = not person_typed(safeguarder)
    looked_at = _to_look_at(plan, duties or ())
    if looked_at:
        kind, name = looked_at
        terminal.following(f"psmf {kind} show {short(name) if own else f'{safeguarder_of(name)}/{short(name)}'}", name)
    else:
        whom = "-" if own else safeguarder_of(plan.name)
        terminal.following(f'psmf need add {whom} "what it is, in your words" --standard S2', plan)
    if _is_yours_to_confirm(terminal, plan):
        confirm = f"psmf plan confirm{person_typed(safeguarder)} --read {read_as(plan)}"
        terminal.following(confirm, plan, when="to confirm the plan as it stands")


def _is_yours_to_confirm(terminal: Terminal, plan: Any) -> bool:
    """Return whether the caller may confirm a plan: it is complete, and their side has not confirmed it yet."""
    if plan.missing or plan.is_in_force or not plan.term:
        return False
    own = is_the_safeguarder(terminal, plan.name)
    by_them, by_manager = "safeguarder_confirm_time", "support_manager_confirm_time"
    return not (plan.HasField("awaited") and plan.awaited.HasField(by_them if own else by_manager))


@command(app, "confirm")
def confirm_plan(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    read: Annotated[str, typer.Option(help="The plan that you read: the word beside *Read as* on its page.")],
    without_answer: Annotated[
        bool, typer.Option("--without-answer", help="Put it in force although the Safeguarder gave no answer.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Confirm a development plan as you read it. Once both sides have confirmed the same version, it is in force.

    psmf plan confirm --read 6f1c20aa
    psmf plan confirm sg-1a2b3c4d --read 6f1c20aa --as support-manager-east-1
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    plan = plan_of(terminal, terminal.safeguarder(safeguarder))
    request = pb.ConfirmDevelopmentPlanRequest(
        name=plan.name,
        # What is not the plan as it stands goes as it was typed, and the answer says that the plan has changed.
        etag=plan.etag if len(read) >= len(read_as(plan)) and plan.etag.startswith(read) else read,
        without_answer=without_answer,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.ConfirmDevelopmentPlan, request)
    terminal.changed(answer, _confirmed(answer), f"psmf plan show{person_typed(safeguarder)}", dry_run=dry_run)


def _confirmed(plan: Any) -> str:
    """Say what followed from a confirmation."""
    if plan.is_in_force:
        silent = " The Safeguarder gave no answer, and nothing is taken as agreed." if plan.in_force.no_answer else ""
        return f"Version {plan.in_force.number} of the plan is in force.{silent}"
    number = plan.awaited.number
    if plan.awaited.HasField("answer_due_date"):
        until = day_of(plan.awaited, "answer_due_date")
        return f"You confirmed version {number} of the plan. The Safeguarder can confirm it until {until}."
    return f"You confirmed version {number} of the plan. The support manager is awaited."


@command(app, "history")
def show_history(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List every version of a development plan that a side has confirmed, the newest first. None of them changes.

    psmf plan history sg-1a2b3c4d
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    plan = plan_of(terminal, terminal.safeguarder(safeguarder))
    person = f"safeguarders/{safeguarder_of(plan.name)}"
    answer = terminal.call(terminal.client.plans.ListPlanHistory, pb.ListPlanHistoryRequest(parent=person))
    if terminal.as_json:
        terminal.page(answer.versions, "")
        return
    if not answer.versions:
        terminal.say("No side has confirmed this plan yet.")
        return
    terminal.text(history_text(answer.versions, names_in_plan(terminal, plan), output_width()))
    newest = answer.versions[0].number
    terminal.following(f"psmf plan show{person_typed(safeguarder)} --version {newest}", plan)


@command(app, "reason")
def give_reason(
    terminal: Terminal,
    safeguarder: WHOSE,
    *,
    not_final: Annotated[str, typer.Option(metavar="WORDS", help=f"Why the plan is not final yet. {_WORDS}")] = "",
    no_strength: Annotated[str, typer.Option(metavar="WORDS", help=f"Why no strength is named. {_WORDS}")] = "",
    dry_run: DryRun = False,
) -> None:
    """Say why a development plan is not final yet, or why it names no strength. `psmf need carry` is for a need.

    psmf plan reason sg-1a2b3c4d --not-final "We speak of two needs again in January."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.UpdateDevelopmentPlanRequest(
        name=f"{terminal.safeguarder(safeguarder)}/developmentPlan",
        not_final_because=text_or_file(not_final),
        no_strength_because=text_or_file(no_strength),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.UpdateDevelopmentPlan, request)
    said = "The reason is in the plan. Both sides read it."
    terminal.changed(answer, said, f"psmf plan show{person_typed(safeguarder)}", dry_run=dry_run)


def _to_look_at(plan: Any, duties: Sequence[Any]) -> tuple[str, str] | None:
    """Return what to read next: what somebody waits for, else the first action that has not ended, else nothing."""
    for duty in duties:
        for kind, collection in (("action", "/actions/"), ("support", "/supports/")):
            if collection in duty.about:
                return kind, duty.about
    return next((("action", action.name) for action in plan.actions if has_not_ended(action)), None)
