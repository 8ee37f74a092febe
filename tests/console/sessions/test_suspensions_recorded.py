"""Suspensions that Scottish Ministers decide: a recorder of decisions finds them by a reference, and says on what."""

from collections.abc import Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import overlays_pb2 as pb

from services.console.failures import NotDone
from services.console.forms.asked import Answers
from services.console.forms.away import follows
from services.console.forms.away.steps import STEPS
from services.console.views.away import overlays
from services.console.words import words
from services.refusals import conflict, precondition
from tests.console.fixtures.my_file import ME
from tests.console.fixtures.plans.away import CONDUCT, OVERLAY, RECORDS, TEAM, leave, listed, page, suspension
from tests.console.fixtures.reviewing.recommendations import HASH, REC, pack
from tests.console.sent.services import Services, at, hidden, one_desk
from tests.console.sent.world import everything
from tests.console.site import Site

AWAY, RECORDER = "/decisions/sg-1/away", "decision-recorder"
DAYS = {
    "notice_date-day": "29", "notice_date-month": "11", "notice_date-year": "2026",
    "review_date-day": "21", "review_date-month": "12", "review_date-year": "2026",
}  # fmt: skip
PACK = pack(kind=REC.PURPOSE_SUSPENSION, state=REC.STATE_SUBMITTED)


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with one_desk(tmp_path_factory.mktemp("desk"), everything()) as found:
        yield found


def recording(**instead: Any) -> Services:
    """Return services that know a suspension that is recommended."""
    given: dict[str, Any] = {"GetRecommendationPack": PACK, "SuspendSafeguarder": CONDUCT, "LiftSuspension": CONDUCT}
    return everything(**given | {"ListOverlays": listed()} | instead)


def test_a_recorder_sees_suspensions_and_no_leave_and_the_team_what_to_send_them() -> None:
    view = page(leave(), CONDUCT, reader=RECORDS)
    (entry,) = view.entries
    assert [step.href for step in entry.steps] == [f"{AWAY}/o-2/review", f"{AWAY}/o-2/lift"]
    assert "It rests on the policy: Conduct and performance." in entry.lines
    assert "It follows a recommendation. The hash of its pack begins with 9f86 d081." in entry.lines
    assert (view.about, view.possible, page(reader=TEAM).reference) == ("Demo Effie Lochend", (), "sg-1")
    urgent = page(suspension(without_recommendation=OVERLAY.WITHOUT_RECOMMENDATION_URGENT), reader=RECORDS)
    assert "It follows no recommendation: there was no time for one." in urgent.entries[0].lines


def test_who_records_follows_the_policies_that_the_service_gives() -> None:
    none = pb.ListOverlaysResponse()
    assert [list(overlays.of_whole(none, role)) for role in ("panel_team", RECORDER.replace("-", "_"))] == [
        ["leave"], [],
    ]  # fmt: skip
    assert overlays.policy_for(listed(), "panel_team", "pvg_check") == "checks"
    assert overlays.policy_for(listed(), "panel_team", "conduct") == ""
    gone = suspension(policy="a-policy-of-before")
    assert list(overlays.of_one(gone, listed(gone), "panel_team")) == ["review", "lift"]


def test_a_suspension_names_the_recommendation_and_the_whole_hash(console: Site) -> None:
    services = recording()
    served, address = at(console, RECORDER, services), f"{AWAY}/suspend"
    opened = served.get(f"{address}?recommendation=m-1")
    assert 'value="m-1"' in opened.text
    typed = {"reason": "conduct", **DAYS, "without": "follows", "recommendation": "sg-1/m-1", "hash": "00000000"}
    wrong = served.post(address, hidden(opened, address) | typed)
    assert (wrong.status, services.written) == (422, [])
    assert "last eight signs of this pack" in wrong.text
    sent = hidden(wrong, address) | typed | {"hash": f"{HASH[-8:-4]} {HASH[-4:]}".upper()}
    assert [served.post(address, sent).header("location") for _ in range(2)] == [AWAY, AWAY]
    (request,) = services.written
    said = request.decided_on
    assert (request.policy, request.reason) == ("conduct-and-performance", OVERLAY.REASON_CONDUCT)
    assert (said.recommendation, said.pack_hash, said.without) == (f"{ME}/recommendations/m-1", HASH, 0)


def test_one_that_cannot_wait_says_so_in_a_word(console: Site) -> None:
    services = recording()
    served, address = at(console, RECORDER, services), f"{AWAY}/suspend"
    typed = {"reason": "conduct", **DAYS, "without": "urgent"}
    assert served.post(address, hidden(served.get(address), address) | typed).status == 303
    (request,) = services.written
    assert request.decided_on.without == OVERLAY.WITHOUT_RECOMMENDATION_URGENT
    assert (request.decided_on.recommendation, request.decided_on.pack_hash) == ("", "")


def test_that_neither_is_said_comes_back_at_its_question(console: Site) -> None:
    def refuse(_: Any) -> Any:
        raise NotDone(precondition("SAY_THE_RECOMMENDATION", "Say one.", "decided_on"))

    served, address = at(console, RECORDER, recording(SuspendSafeguarder=refuse)), f"{AWAY}/suspend"
    answer = served.post(address, hidden(served.get(address), address) | {"reason": "conduct", **DAYS})
    assert answer.status == 422
    assert 'href="#without-1"' in answer.text
    assert "Say which recommendation it follows, or why there is none" in answer.text


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, {}),
        ({"without": "urgent"}, {}),
        ({"without": "follows"}, {"recommendation": "missing"}),
        ({"recommendation": "m-1"}, {"hash": "missing"}),
        ({"recommendation": "sg-9/m-1", "hash": "x"}, {"recommendation": "not_a_reference"}),
        ({"recommendation": "//elsewhere", "hash": "x"}, {"recommendation": "not_a_reference"}),
        ({"recommendation": "safeguarders/sg-1/recommendations/m-1", "hash": "x"}, {}),
    ],
)
def test_what_is_typed_of_a_recommendation_is_whole_and_about_this_person(
    given: dict[str, str], faults: dict[str, str]
) -> None:
    assert follows.checked(Answers(given), "sg-1").faults == faults


def test_a_lift_names_the_copy_that_was_read_and_waits_for_no_recommendation(console: Site) -> None:
    def lifted(request: Any) -> Any:
        if request.etag != "4":
            raise NotDone(conflict("ETAG_MISMATCH", "It has changed.", "etag"))
        return CONDUCT

    now = suspension(etag="3", policy="conduct-and-performance", reason=OVERLAY.REASON_CONDUCT)
    services = recording(ListOverlays=lambda _: listed(now), LiftSuspension=lifted)
    served, address = at(console, RECORDER, services), f"{AWAY}/o-2/lift"
    form = hidden(served.get(address), address) | {"reason": "not_upheld"}
    now.etag = "4"
    stale = served.post(address, form)
    assert (stale.status, "It has changed since you opened it" in stale.text) == (409, True)
    assert 'value="not_upheld" checked' in stale.text
    assert served.post(address, hidden(stale, address) | {"reason": "not_upheld"}).status == 303
    assert services.written[-1].decided_on.recommendation == ""


def test_a_suspension_that_names_its_recommendation_is_not_asked_for_one_at_a_look() -> None:
    look = STEPS["suspension", "review"]
    assert follows.WITHOUT in [one.name for one in follows.of_recorders(look).asks]
    assert follows.of_recorders(look, follows_already=True) is look


def test_a_reference_of_one_part_leads_to_the_suspensions_of_a_person(console: Site) -> None:
    served = at(console, RECORDER, recording())
    form = hidden(served.get("/decisions"), "/decisions")
    assert served.post("/decisions", form | {"reference": " sg-1 "}).header("location") == AWAY
    assert served.get("/decisions/sg-1/m-1/record").header("location") == f"{AWAY}?recommendation=m-1"
    assert f'href="{AWAY}/suspend?recommendation=m-1"' in served.get(f"{AWAY}?recommendation=m-1").text


def test_nobody_else_finds_these_pages(console: Site) -> None:
    served = at(console, "", recording())
    for person in ("panel-team", "senior-manager-west", "person-sg-1", "official"):
        served.jar = {}
        served.sign_in(person)
        assert [served.get(path).status for path in (AWAY, f"{AWAY}/suspend")] == [404, 404]


def test_every_question_and_refusal_of_a_recorder_has_its_words() -> None:
    said = words("away")
    for step in STEPS.values():
        asked = follows.of_recorders(step)
        for asks in asked.asks:
            assert f"{step.name}_{asks.name}" in said["ask"] or asks.name in said["ask"], asks.name
        assert set(asked.mends) <= {*said["wrong"]}
    for word in ("urgent", "not_ready", "none_made"):
        assert word in said["without"]
        assert word in said["choices"]["without"]
