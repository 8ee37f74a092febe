"""Who opens which address of the console: every address, by what its reader is to the person whom it is about.

The table is a second word on what `services/console/addresses` and the access policies say. It is read from above: the
first pattern that fits says who opens an address. Everybody else finds nothing there.
"""

import re
from collections.abc import Iterator

from psmf.evidence.v1 import drafts_pb2, drafts_pb2_grpc, feedback_links_pb2
from psmf.evidence.v1 import evidence_pb2 as items

from services.console.forms.recording import Answers, as_bytes
from services.platform.calls.wire import to_date
from tests.attacks.inside.whole_suite import Whole
from tests.between.doors.test_across import LISTS, OF_ONE_PERSON
from tests.builders import a_request_id
from tests.console.fixtures.recording import SAID
from tests.console.sent.forms import FORMS
from tests.console.sent.pages import PAGES
from tests.console.sent.world import MANAGER

READERS = {
    "allocated": "manager-one",
    "covering": "manager-two",
    "formerly": "manager-four",
    "no relation": "manager-three",
    "own": "person-one",
    "another": "person-two",
    "team": "panel-team",
    "senior": "senior-manager",
    "official": "official",
    "editor": "editor",
    "approver": "approver",
    "recorder": "recorder-two",
    "linked": "recorder",
    "reader of reports": "reviewer",
    "auditor": "auditor",
    "data lead": "lead",
}
"""A reader of each kind. Managers and Safeguarders are named by what they are to the person of the addresses."""
MANAGERS = {"allocated", "covering", "formerly", "no relation"}
SAFEGUARDERS = {"own", "another"}
OF_THEM = {"allocated", "covering"}
TEAM = {"team"}
SENIORS = TEAM | {"senior"}
STAFF = OF_THEM | SENIORS
ALL_STAFF = MANAGERS | SENIORS
FIGURES = SENIORS | {"official", "auditor", "data lead"}
RECORDERS = {"recorder", "linked"}
OPENS: tuple[tuple[str, set[str]], ...] = (
    (r"/|/sign-in|/about.*|/rules.*", set(READERS)),
    (r"/today.*|/people|/search", ALL_STAFF),
    (r"/sessions", MANAGERS),
    # A draft is its author's alone: here the support manager's.
    (r"/drafts", ALL_STAFF | SAFEGUARDERS),
    (r"/drafts/.*|/evidence/new/.*", {"allocated"}),
    (r"/evidence/new", MANAGERS | TEAM | SAFEGUARDERS),
    (r"/people/[^/]+/feedback-link|/feedback-links.*", TEAM),
    (r"/people/[^/]+/evidence/(new|[^/]+/.*)", OF_THEM | TEAM),
    (r"/people/[^/]+/sessions/[^/]+/(record/(?!attendance).*|share|respond)", OF_THEM),
    (r"/people/[^/]+", STAFF | {"own"}),
    (r"/people/.*", STAFF),
    (r"/my-file/(evidence|matters|sessions|recommendations|reviews|approach-changes|supports|disagree)/.*", {"own"}),
    (r"/my-file/plan/.*/.*", {"own"}),
    (r"/my-file.*", SAFEGUARDERS),
    (r"/kpis/.*/ledger.*", TEAM | {"data lead"}),
    (r"/kpis/.*/freeze", TEAM),
    (r"/kpis.*", FIGURES),
    (r"/team.*", SENIORS),
    (r"/emergency-accesses", ALL_STAFF | {"data lead"}),
    (r"/emergency-accesses/open", MANAGERS),
    # The support manager who acts for another today opened the file in an emergency before.
    (r"/emergency-accesses/.*/close", {"covering", "data lead"}),
    (r"/emergency-accesses/.*", {"data lead"}),
    (r"/reviews", ALL_STAFF),
    (r"/reviews/.*", STAFF),
    (r"/recommendations", SENIORS),
    (r"/recommendations/[^/]+/[^/]+/.*", SENIORS),
    (r"/recommendations/.*", STAFF),
    (r"/decisions", RECORDERS),
    (r"/decisions/.*", {"recorder"}),
    (r"/numbers/.*", {"editor"}),
    (r"/rule-changes(/[^/]+(/(compare|examples))?)?", {"editor", "approver", "auditor"}),
    (r"/rule-changes/.*", {"editor", "approver"}),
)
"""Addresses, and by whom they are opened, if what they name is there."""
NONE = "f" * 32
"""An id as the services make them, of nothing."""


def opened_by(address: str) -> set[str]:
    """Return who opens an address.

    Raises:
        StopIteration: the table says nothing of it.
    """
    return next(who for pattern, who in OPENS if re.fullmatch(pattern, address.partition("?")[0]))


def addresses() -> list[str]:
    """Return every address at which a page or a form of somebody who is signed in stands, with ids of the fixtures."""
    return list(dict.fromkeys(page.address for page in (*PAGES, *FORMS)))


def put_beside(suite: Whole) -> dict[str, str]:
    """Put on file what addresses name beside lists. Return the ids of what is there, by those of the fixtures."""
    found = dict(_listed(suite))
    running, manager, team = suite.running, suite.running.as_("manager-one"), suite.running.as_("panel-team")
    drafts = drafts_pb2_grpc.DraftServiceStub(running.services["evidence"].channel)
    kind = drafts_pb2.Draft.KIND_EVIDENCE_ITEM
    draft = drafts_pb2.CreateDraftRequest(
        kind=kind,
        safeguarder="safeguarders/sg-one",
        step="words",
        answers=as_bytes(Answers(SAID)),
        request_id=a_request_id(),
    )
    found["d-7"] = drafts.CreateDraft(draft, **manager).name.rpartition("/")[2]
    link = feedback_links_pb2.CreateFeedbackLinkRequest(
        parent="safeguarders/sg-one",
        giver=feedback_links_pb2.FEEDBACK_GIVER_ADULT,
        happened_date=to_date(running.ago(30)),
        request_id=a_request_id(),
    )
    made = running.feedback.CreateFeedbackLink(link, **team)
    found["l-1"], suite.token = made.name.rpartition("/")[2], made.token
    return found | {"sg-1": "sg-one", MANAGER: "manager-one"}


def _listed(suite: Whole) -> Iterator[tuple[str, str]]:
    """Yield the ids of what lists name, by those of the fixtures."""
    ids = {"c-1": "ListConcerns", "c-2": "ListConcerns", "s-2": "ListSessionRecords", "r-1": "ListReviewRequests"}
    ids |= {"v-1": "ListActionReviews", "o-1": "ListTimesAway", "o-2": "ListOverlays", "x-1": "ListEmergencyAccesses"}
    for one, name in ids.items():
        there = sorted((LISTS | OF_ONE_PERSON)[name].ask(suite.running, "safeguarders/sg-one", "person-one"))
        yield one, there[0].removesuffix("/record").rpartition("/")[2]
    listed = items.ListEvidenceItemsRequest(parent="safeguarders/sg-one")
    shown = suite.running.evidence.ListEvidenceItems(listed, **suite.running.as_("person-one")).evidence_items
    yield "e-1", shown[0].name.rpartition("/")[2]


def with_ids(address: str, ids: dict[str, str]) -> str:
    """Return an address with other ids, as they stand between its signs."""
    return re.sub(r"[^/?]+", lambda part: ids.get(part[0], part[0]), address)


def nothing(ids: dict[str, str]) -> dict[str, str]:
    """Return ids of nothing, by those of the fixtures. A support manager is not one of a person's records."""
    return {one: "sg-nobody" if one == "sg-1" else NONE for one in ids if one != MANAGER} | {MANAGER: ids[MANAGER]}
