"""Every word of a change of approach, made by the public methods, and one that only its end would make."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2 as plans
from sqlalchemy import Connection

from services.evidence.adapters.plan_files import plan_file
from services.evidence.domain.approach import life
from services.evidence.domain.plans.sides import Actor, Side
from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.operations.every_word_of_a_plan import REPLIES, WORDS, Plan

Change = pb.ApproachChange
SENIOR = "senior-manager-east"


def make_every_word_of_an_approach(plan: Plan) -> None:
    """Change the approach to a concern in each way, and end a change in each way. Nothing else is open about it yet."""
    plan.reads_messages()
    offered = plan.does(
        plan.manager, "OfferSupport", parent=plan.parent, kind=plans.Support.KIND_INFORMATION,
        supported=[plan.concern], discussed_date=to_date(days_ago(0)), again=True,
    )  # fmt: skip
    plan.replies(offered, REPLIES.ANSWER_DECLINED)
    action = plan.answers(plan.proposes(plan.manager, kind=plans.Action.KIND_CHANGE_PRACTICE, concern=plan.concern))
    _serve(plan, Change.APPROACH_CLEAR_ADVICE, Change.HOW_CONSOLE)
    required = _serve(plan, Change.APPROACH_REQUIRED_ACTION, Change.HOW_POST, actions=[action.name])
    plan.reads_messages()
    plan.does(plan.person, "AcknowledgeApproach", name=required.name, etag=_etag(plan))
    plan.reads_messages()
    _serve(plan, Change.APPROACH_SUPPORT, Change.HOW_AT_SESSION)
    for outcome, by in (
        (Change.STATE_MET, plan.manager),
        (Change.STATE_WITHDRAWN, plan.manager),
        (Change.STATE_SET_ASIDE, SENIOR),
    ):
        served = _serve(plan, Change.APPROACH_CLEAR_ADVICE, Change.HOW_CONSOLE)
        plan.does(by, "EndApproach", name=served.name, outcome=outcome, words=WORDS, etag=served.etag)
        plan.reads_messages()
    _serve(plan, Change.APPROACH_CLEAR_ADVICE, Change.HOW_CONSOLE)
    plan.ends(plan.reads().actions[0], plans.Action.STATE_WITHDRAWN)


def _serve(plan: Plan, to: Any, how: Any, **fields: Any) -> pb.ApproachChange:
    given = {"parent": plan.parent, "concerns": [plan.concern], "expectation": WORDS, "because": WORDS}
    asked = {"to_approach": to, "how": how, "discussed_date": to_date(days_ago(0))}
    served: pb.ApproachChange = plan.does(plan.manager, "ChangeApproach", **given | asked | fields)
    return served


def _etag(plan: Plan) -> str:
    """Return the etag of the change that applies. Its days may have moved since it was served."""
    return str(plan.reads().approach_changes[0].etag)


def a_concern_ends(tx: Connection, safeguarder_id: str) -> None:
    """Store the end of the change that applies, as if its concern had ended, after another support was offered."""
    files = plan_file(tx, Actor("support-manager", Side.SUPPORT_MANAGER, datetime.now(UTC)))
    applying = next(change for change in files.changes.of(safeguarder_id) if change.applies)
    left, ended = (end(applying, files.actor.now) for end in (life.end_for_support, life.end_with_concerns))
    files.changes.put(left)
    files.changes.put(replace(ended, version=left.version + 1))
