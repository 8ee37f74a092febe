"""Every form of the console: who sends it, where it stands, and how things must stand for it to be open."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.console.fixtures import rule_changes
from tests.console.fixtures.kpis import found, ours
from tests.console.fixtures.reviewing import recommendations, requests, writing
from tests.console.fixtures.session_records import RECORD, a_record, disputed
from tests.console.fixtures.sessions import held
from tests.console.fixtures.steps import STATE
from tests.console.sent import world
from tests.console.sent.world import CONTENT, MANAGER, OWN, PERSON, SENIOR, SESSION, TEAM
from tests.console.site import Answer

MATTER, MINE, RECOMMENDED = f"{PERSON}/matters/c-1", "/my-file/sessions/s-2", "/recommendations/sg-1/m-1"


@dataclass(frozen=True)
class Form:
    """A form. `instead`: what the services answer where it is open."""

    person: str
    address: str
    instead: dict[str, Any] = field(default_factory=dict)


def of_place(person: str, place: str, *steps: str, **instead: Any) -> tuple[Form, ...]:
    """Return forms that one person sends from below one address."""
    return tuple(Form(person, f"{place}{step}", instead) for step in steps)


FORMS = (
    Form(MANAGER, "/search"),
    *of_place(TEAM, "/evidence/new", "", "/d-7/who", "/d-7/alike", "/d-7/check"),
    *of_place(
        TEAM, "/evidence/new/d-7/", "from", "kind", "about", "happened", "received", "case", "words", "standards",
        "readings", "safety",
    ),
    Form(TEAM, f"{PERSON}/evidence/new"),
    *of_place(TEAM, f"{PERSON}/evidence/e-1/", "read", "correct", "withdraw"),
    Form(TEAM, f"{PERSON}/evidence/e-1/share", {"GetEvidenceItem": world.not_shared()}),
    Form(TEAM, f"{PERSON}/evidence/e-1/outcome", {"GetEvidenceItem": world.complaint()}),
    *of_place(
        TEAM, f"{PERSON}/evidence/e-1/", "stage", "extend", "wrong-step", GetEvidenceItem=world.complaint_at_stage_2()
    ),
    Form(TEAM, "/drafts/d-7/delete"),
    *of_place(TEAM, "", f"{PERSON}/feedback-link", "/feedback-links/l-1/take-back"),
    *of_place(
        MANAGER, f"{MATTER}/", "acknowledge", "start-support", "answer-support", "ask-for-view", "record-view",
        "dismiss", "close", "escalate", "hold", "release", "merge", "invite-to-share",
        GetConcern=world.matter(STATE.STATE_IN_SUPPORT),
    ),
    *of_place(MANAGER, f"{MATTER}/", "reopen", "answer-invitation", GetConcern=world.matter(STATE.STATE_CLOSED)),
    *of_place(MANAGER, f"{SESSION}/", "move", "cancel"),
    Form(MANAGER, f"{SESSION}/confirm", {"GetSupportSession": world.proposed()}),
    Form(MANAGER, f"{SESSION}/record/attendance", {"GetSupportSession": held()}),
    *of_place(MANAGER, f"{SESSION}/record/", *world.PARTS, GetSupportSession=held()),
    Form(MANAGER, f"{SESSION}/share", {"GetSupportSession": held(), "GetSessionPack": world.final_papers()}),
    Form(MANAGER, f"{SESSION}/respond", {"GetSupportSession": held(), "GetSessionRecord": disputed()}),
    *of_place(MANAGER, f"{PERSON}/plan/", "strength", "need", "action", "support", "approach", "no-strength"),
    *of_place(MANAGER, f"{PERSON}/plan/", "needs/n-1/carry", "actions/a-1/review", "actions/a-1/replace"),
    *of_place(MANAGER, f"{PERSON}/plan/", "reviews/v-1/correct", "approach-changes/h-1/end"),
    Form(OWN, "/my-file/plan/reviews/v-1/answer"),
    *of_place(TEAM, f"{PERSON}/away/", "leave", "o-1/answer", "o-2/review", "o-2/lift"),
    Form(TEAM, f"{PERSON}/away/suspend", {"ListOverlays": world.no_overlay()}),
    Form(OWN, "/my-file/away/leave"),
    *of_place(world.RECORDER, "/decisions/sg-1/away/", "o-2/review", "o-2/lift"),
    Form(world.RECORDER, "/decisions/sg-1/away/suspend", {"ListOverlays": world.no_overlay()}),
    *of_place(
        MANAGER, f"{PERSON}/plan/", "needs/n-1/end", "actions/a-1/move", "actions/a-1/end", "supports/u-1/answer"
    ),
    Form(OWN, "/my-file/plan/strength"),
    Form(OWN, "/my-file/plan/actions/a-1/answer", {"GetDevelopmentPlan": world.proposed_action()}),
    *of_place(OWN, f"{MINE}/", "move", "own-item"),
    Form(OWN, f"{MINE}/confirm", {"GetSupportSession": world.proposed()}),
    Form(OWN, f"{MINE}/answer", {"GetSupportSession": held(), "GetSessionRecord": a_record(RECORD.STATE_SHARED)}),
    Form(OWN, "/my-file/evidence/e-1/reply"),
    *of_place(OWN, "/my-file/disagree/", "evidence/e-1", "matters/c-1"),
    Form(OWN, "/my-file/recommendations/m-1/say"),
    Form(OWN, "/my-file/reviews/r-1/withdraw"),
    *of_place(OWN, "/my-file/", "supports/u-1/answer", "approach-changes/h-1/read"),
    Form(OWN, "/my-file/matters/c-2/invitation", {"GetConcern": world.invitation()}),
    Form(OWN, "/my-file/matters/c-1/view", {"GetConcern": world.owned()}),
    Form(TEAM, "/kpis/2026-Q2/freeze", {"GetKpiReport": found(ours())}),
    *of_place(SENIOR, f"/team/managers/{MANAGER}/", "cover", "end-cover"),
    Form(SENIOR, "/team/people/sg-1/manager"),
    Form(MANAGER, "/emergency-accesses/open"),
    Form(world.LEAD, "/emergency-accesses/sg-1/x-1/close"),
    Form(world.LEAD, "/emergency-accesses/sg-1/x-1/review", {"ListEmergencyAccesses": world.over()}),
    Form(SENIOR, "/reviews/sg-1/r-1/statement"),
    Form(requests.SENIOR, "/reviews/sg-1/r-1/decide"),
    Form(TEAM, "/reviews/sg-1/r-1/assign", {"GetReviewRequest": world.accepted()}),
    Form(TEAM, "/reviews/sg-1/r-1/accept", {"GetReviewRequest": requests.request(**requests.SUBMITTED)}),
    Form(SENIOR, f"{RECOMMENDED}/approve"),
    Form(TEAM, f"{RECOMMENDED}/check", {"GetRecommendationPack": recommendations.pack(**recommendations.DRAFTED)}),
    Form(TEAM, f"{RECOMMENDED}/submit", {"GetRecommendationPack": recommendations.pack(**recommendations.APPROVED)}),
    Form(TEAM, f"{RECOMMENDED}/withdraw"),
    Form(TEAM, "/recommendations/sg-1/new"),
    *of_place(
        TEAM, f"{RECOMMENDED}/text/", "outcome", "conduct", "new-condition", "time", "conduct/take-out",
        "condition-1", "condition-1/take-out",
        GetRecommendationPack=recommendations.pack(**writing.with_conditions()),
    ),
    *of_place(
        world.RECORDER, "/decisions", "", "/sg-1/m-1/record", "/sg-1/m-1/records/2/correct",
        GetRecommendationPack=recommendations.pack(state=recommendations.REC.STATE_SUBMITTED),
    ),
    *of_place(
        world.RECORDER, "/decisions/sg-1/m-1/records/2/", "confirm", "take-back",
        ListMinisterialDecisions=world.waiting_correction(),
    ),
    *of_place(world.EDITOR, "/numbers/late_reports_line/change", "", "/0a1b"),
    *of_place(world.APPROVER, f"/rule-changes/{CONTENT}/", "what-if", "approve", "back"),
    Form(world.APPROVER, f"/rule-changes/{CONTENT}/publish", {"GetRulebookRevision": world.approved()}),
    Form(
        world.APPROVER,
        f"/rule-changes/{CONTENT}/take-back",
        {"GetRulebookRevision": world.approved(rule_changes.State.STATE_ACTIVE)},
    ),
)  # fmt: skip
"""Forms in order of their areas. Those at which somebody signs in or out have tests of their own."""


def fields(answer: Answer, address: str) -> list[tuple[str, str]]:
    """Return the fields of the form on a page as a browser would send them, with each choice that could be made."""
    form = answer.text.partition(f'action="{address}"')[2].partition("</form>")[0]
    found = re.findall(r'<(?:input|button)[^>]* name="([^"]+)" value="([^"]*)"', form)
    found += re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S)
    return list(dict.fromkeys((name, html.unescape(value)) for name, value in found))
