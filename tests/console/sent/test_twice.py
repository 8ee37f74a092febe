"""A button that is pressed twice, and forms of which the first press has changed what they were built from."""

from datetime import date
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import (
    development_plans_pb2,
    directory_pb2,
    drafts_pb2,
    evidence_pb2,
    recommendations_pb2,
    safeguarder_pb2,
)
from psmf.scheduling.v1 import cover_pb2, scheduling_pb2

from services.console.failures import NotDone, NotThere
from services.console.forms import recording as forms
from services.platform.calls.wire import to_date
from services.refusals import conflict
from tests.console.fixtures import steps as matters
from tests.console.fixtures.my_file import ME, item
from tests.console.fixtures.recording import SAID
from tests.console.fixtures.reviewing import recommendations as recommended
from tests.console.fixtures.team import ANDREW, MORAG, delegation
from tests.console.sent.services import Services, desk, hidden
from tests.console.site import Site

TEAM, SENIOR, MANAGER = "panel-team", "senior-manager-west", "support-manager-east-1"
PERSON = safeguarder_pb2.Safeguarder(name=ME, display_name="Demo Effie Lochend", support_manager=MORAG.id)
NAMES = {
    "GetSafeguarder": PERSON,
    "BatchGetSafeguarders": safeguarder_pb2.BatchGetSafeguardersResponse(safeguarders=[PERSON]),
    "BatchGetPeople": directory_pb2.BatchGetPeopleResponse(),
}


def pressed_twice(served: Site, address: str, **typed: str) -> list[str]:
    """Open a form, and press its button twice. Return where each press leads."""
    form = hidden(served.get(address), address) | typed
    answers = [served.post(address, form) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    return [answer.header("location") for answer in answers]


def test_a_correction_is_made_once_although_the_first_press_takes_the_item_off_the_file(tmp_path: Path) -> None:
    on_file = item(etag="1", received_date=to_date(date(2026, 11, 24)))

    def corrected(request: Any) -> Any:
        on_file.state, on_file.etag = evidence_pb2.ITEM_STATE_SUPERSEDED, "2"
        on_file.superseded_by, on_file.countable_date.year = f"{ME}/evidenceItems/e-2", 2026
        return evidence_pb2.EvidenceItem(name=f"{ME}/evidenceItems/e-2")

    services = Services(GetEvidenceItem=lambda _: on_file, CorrectEvidenceItem=corrected, **NAMES)
    served, path = desk(tmp_path, TEAM, services), f"/people/{ME[13:]}/evidence/e-1/correct"
    days = {"happened-day": "23", "happened-month": "11", "happened-year": "2026", "received-day": "24"}
    days |= {"received-month": "11", "received-year": "2026"}
    led = pressed_twice(served, path, summary="Nobody rang them.", reason="entered_wrongly", **days)
    assert led == [path.replace("e-1/correct", "e-2")] * 2
    (request,) = services.written
    assert (request.etag, request.evidence_item.kind, request.evidence_item.state) == ("1", on_file.kind, 0)
    assert not request.evidence_item.etag


def test_a_recommendation_is_approved_once_although_nothing_is_unanswered_after_the_first_press(tmp_path: Path) -> None:
    pack = recommended.pack()

    def approved(request: Any) -> Any:
        pack.recommendation.representations[0].answer = request.answers[0]
        pack.recommendation.state = recommendations_pb2.Recommendation.STATE_APPROVED
        return pack.recommendation

    services = Services(GetRecommendationPack=lambda _: pack, ApproveRecommendation=approved, **NAMES)
    served, path = desk(tmp_path, SENIOR, services), "/recommendations/sg-1/m-1"
    assert pressed_twice(served, f"{path}/approve", answer_1="A mentor begins in May.") == [path] * 2


def test_answers_are_taken_over_once_although_the_first_press_deletes_the_draft(tmp_path: Path) -> None:
    said = forms.as_bytes(forms.Answers(SAID))
    kind = drafts_pb2.Draft.KIND_EVIDENCE_ITEM
    kept = {"d-1": drafts_pb2.Draft(name="drafts/d-1", kind=kind, safeguarder=ME, answers=said, etag="1")}

    def read(request: Any) -> Any:
        return _of(kept, request.name)

    def deleted(request: Any) -> Any:
        _of(kept, request.name)
        return kept.pop(request.name.rpartition("/")[2])

    def made(request: Any) -> Any:
        kept["d-2"] = drafts_pb2.Draft(name="drafts/d-2", kind=kind, safeguarder=request.safeguarder)
        return kept["d-2"]

    services = Services(GetDraft=read, CreateDraft=made, DeleteDraft=deleted, **NAMES)
    served = desk(tmp_path, TEAM, services)
    led = pressed_twice(served, "/evidence/new/d-1/who", person="sg-9", name="", searched="")
    assert led == ["/evidence/new/d-2/check"] * 2
    (request,) = (one for one in services.written if hasattr(one, "answers"))
    assert forms.read_draft(request.answers).said == {name: text for name, text in SAID.items() if name != "alike"}
    assert list(kept) == ["d-2"]


def _of(kept: dict[str, Any], name: str) -> Any:
    if name.rpartition("/")[2] not in kept:
        raise NotThere
    return kept[name.rpartition("/")[2]]


def _office(manager: str, *covers: Any) -> tuple[Any, Services]:
    term = safeguarder_pb2.Term(end_date=to_date(date(2028, 4, 2)))
    state = safeguarder_pb2.Safeguarder.STATE_APPOINTED
    person = safeguarder_pb2.Safeguarder(
        name=ME, display_name="Demo Effie Lochend", state=state, terms=[term], support_manager=manager
    )
    named = [directory_pb2.Person(person=one.id, display_name=one.name, region=one.region) for one in (ANDREW, MORAG)]
    listed = list(covers)

    def allocated(request: Any) -> Any:
        person.support_manager = request.support_manager
        return scheduling_pb2.Allocation()

    def ended(request: Any) -> Any:
        listed[:] = [one for one in listed if one.name != request.name]
        return cover_pb2.Delegation(name=request.name)

    return person, Services(
        ListColleagues=directory_pb2.ListColleaguesResponse(people=named),
        ListSafeguarders=lambda _: safeguarder_pb2.ListSafeguardersResponse(safeguarders=[person]),
        ListDelegations=lambda _: cover_pb2.ListDelegationsResponse(delegations=listed),
        CreateAllocation=allocated,
        EndDelegation=ended,
    )


def test_somebody_without_a_support_manager_is_given_one_once(tmp_path: Path) -> None:
    """After the first press they have one, and the form would ask why they get another."""
    _, services = _office("")
    served = desk(tmp_path, SENIOR, services)
    led = pressed_twice(served, f"/team/people/{ME[13:]}/manager", manager=ANDREW.id)
    assert led == [f"/team/managers/{ANDREW.id}"] * 2
    assert len(services.written) == 1


def test_a_change_of_support_manager_that_somebody_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    person, services = _office(MORAG.id)
    served, path = desk(tmp_path, SENIOR, services), f"/team/people/{ME[13:]}/manager"
    form = hidden(served.get(path), path) | {"manager": ANDREW.id, "reason": "workload"}
    person.support_manager = "manager-x"
    answer = served.post(path, form)
    assert (answer.status, services.written) == (409, [])
    assert "It has changed since you opened it" in answer.text
    assert served.post(path, hidden(answer, path) | {"manager": ANDREW.id, "reason": "workload"}).status == 303


def test_cover_ends_once_although_it_is_not_listed_after_the_first_press(tmp_path: Path) -> None:
    covers = [delegation(1), delegation(2)]
    _, services = _office(MORAG.id, *covers)
    served, path = desk(tmp_path, SENIOR, services), f"/team/managers/{MORAG.id}"
    assert pressed_twice(served, f"{path}/end-cover", cover=covers[0].name) == [path] * 2
    assert sorted(request.name for request in services.written) == [one.name for one in covers]


def _with_plan(tmp_path: Path, step: str) -> tuple[Any, Services, Site, str]:
    plan = development_plans_pb2.DevelopmentPlan()
    plan.CopyFrom(matters.PLAN)
    plan.supports[0].etag = "s2"
    plan.views.add(name="safeguarders/sg-1/views/c-1", etag="v2")
    concern = matters.concern(state=matters.STATE.STATE_IN_SUPPORT)

    def answered(request: Any) -> Any:
        parts: list[Any] = [*plan.supports, *plan.views]
        (current,) = (one.etag for one in parts if one.name == request.name)
        if request.etag != current:
            raise NotDone(conflict("ETAG_MISMATCH", "It has changed.", "etag"))
        return development_plans_pb2.Support(name=request.name)

    services = Services(
        GetConcern=concern, ListRules=matters.RULES.answer, GetDevelopmentPlan=lambda _: plan,
        AnswerSupport=answered, GiveView=answered, **NAMES,
    )  # fmt: skip
    return plan, services, desk(tmp_path, MANAGER, services), f"/people/sg-1/matters/c-1/{step}"


def test_an_answer_entered_for_somebody_goes_by_the_copy_that_the_reader_saw(tmp_path: Path) -> None:
    """Read just before writing, the copy would be the newest, and what somebody said meanwhile would be overwritten."""
    plan, services, served, path = _with_plan(tmp_path, "answer-support")
    form = hidden(served.get(path), path) | {"answer": "u-1-accepted", "words": "They want it."}
    plan.supports[0].etag = "s3"
    answer = served.post(path, form)
    assert answer.status == 409
    assert "Somebody recorded an answer to this after you opened it." in answer.text
    assert 'value="u-1-accepted" checked' in answer.text
    assert "They want it." in answer.text
    again = hidden(answer, path) | {"answer": "u-1-accepted", "words": "They want it."}
    assert [served.post(path, again).status for _ in range(2)] == [303, 303]
    assert [one.etag for one in services.written] == ["s3"]


def test_a_view_entered_for_somebody_goes_by_the_copy_too(tmp_path: Path) -> None:
    plan, services, served, path = _with_plan(tmp_path, "record-view")
    form = hidden(served.get(path), path) | {"given": "words", "words": "It was the snow."}
    plan.views[0].etag = "v3"
    assert served.post(path, form).status == 409
    plan.views[0].etag = "v2"
    assert served.post(path, form).status == 303
    assert services.written[-1].etag == "v2"


def test_a_form_that_was_sent_before_with_another_answer_is_never_stuck(tmp_path: Path) -> None:
    """Somebody goes back and changes their words. With the id that is used up no service would ever take them."""
    pack = recommended.pack()
    services = Services(
        GetRecommendationPack=lambda _: pack, WithdrawRecommendation=recommended.recommendation(), **NAMES
    )
    served, path = desk(tmp_path, TEAM, services), "/recommendations/sg-1/m-1/withdraw"
    form = hidden(served.get(path), path)
    assert served.post(path, form | {"because": "It was too early."}).status == 303
    again = served.post(path, form | {"because": "It was too early for them."})
    assert (again.status, "It was too early for them." in again.text) == (409, True)
    assert "You have sent this form before, with another answer." in again.text
    assert hidden(again, path)["request_id"] != form["request_id"]
    assert served.post(path, hidden(again, path) | {"because": "It was too early for them."}).status == 303


def test_also_a_form_that_is_kept_on_the_page_of_a_failure_is_not_stuck(tmp_path: Path) -> None:
    kind = drafts_pb2.Draft.KIND_EVIDENCE_ITEM
    draft = drafts_pb2.Draft(name="drafts/d-1", kind=kind, safeguarder=ME, answers=forms.as_bytes(forms.Answers(SAID)))
    services = Services(GetDraft=draft, DeleteDraft=draft, **NAMES)
    served, path = desk(tmp_path, TEAM, services), "/drafts/d-1/delete"
    form = hidden(served.get(path), path)
    services._kept[form["request_id"]] = b"another form", None
    answer = served.post(path, form)
    assert (answer.status, answer.h1) == (409, "You have sent this form before")
    assert served.post(path, hidden(answer, path)).status == 303
