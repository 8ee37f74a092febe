"""What Ministers decided, as it is recorded and corrected on pages, without any service."""

import re
from typing import Any

import pytest
from psmf.evidence.v1 import safeguarder_pb2

from services.client.words import word_of
from services.console.calls.reviews.decisions import recorded as calls
from services.console.forms.answers import Sent, TypedDay
from services.console.forms.asked import Answers, read
from services.console.pages.decisions.recording import REFERENCE
from services.console.views.decisions import steps
from services.console.words import words
from tests.console.fixtures.reviewing import decisions as made
from tests.console.fixtures.reviewing.decisions import (
    CORRECTION,
    KIND,
    OTHER,
    RECORDER,
    asked,
    correction,
    decision,
    page,
)
from tests.console.fixtures.reviewing.recommendations import HASH, REC

DAY = TypedDay("3", "4", "2027")


def answers(**given: Any) -> Answers:
    basis = "SSI 2012/54; reg 7(2); as amended"
    plain: dict[str, Any] = {"effective_date": DAY, "basis": basis, "hash": "B0F0 0A08", "term_months": ""}
    return Answers({**plain, **given})


def test_the_end_of_the_hash_is_typed_from_the_letter_and_stands_nowhere_on_the_page() -> None:
    view = page()
    assert view.hash == "9f86 d081"
    assert not steps.checked(answers(decided_as="recommend", term_months="24"), asked()).faults
    assert steps.checked(answers(hash="b0f00a09"), asked()).faults == {"hash": "other_hash"}


@pytest.mark.parametrize(
    ("kind", "outcome", "recorded", "ends"),
    [
        (REC.PURPOSE_APPOINTMENT, "recommend", KIND.KIND_APPOINTED, 0),
        (REC.PURPOSE_REAPPOINTMENT, "with_conditions", KIND.KIND_REAPPOINTED, 0),
        (REC.PURPOSE_REAPPOINTMENT, "do_not_recommend", KIND.KIND_ENDED, safeguarder_pb2.END_REASON_NOT_REAPPOINTED),
        (REC.PURPOSE_CONTINUING, "more_time", KIND.KIND_CONTINUING, 0),
        (REC.PURPOSE_REMOVAL, "recommend", KIND.KIND_ENDED, safeguarder_pb2.END_REASON_REMOVED),
    ],
)
def test_what_was_decided_is_recorded_as_what_it_is_with_the_whole_hash(
    kind: Any, outcome: str, recorded: Any, ends: Any
) -> None:
    months = "24" if recorded == KIND.KIND_REAPPOINTED else ""
    said = steps.said_in(answers(decided_as=outcome, term_months=months), word_of(asked(kind=kind).one, "kind"))
    request = calls(asked(kind=kind).pack, said, Sent("r-1", ""))
    assert (request.kind, request.end_reason, request.pack_hash) == (recorded, ends, HASH)
    assert request.term_months == (24 if months else 0)
    assert (request.legal_basis.provision, request.legal_basis.version) == ("reg 7(2)", "as amended")


def test_only_a_further_term_asks_for_months_and_the_end_of_one_for_none() -> None:
    assert "term_months" in [one.name for one in steps.form_of(asked()).asks]
    assert "term_months" not in [one.name for one in steps.form_of(asked(kind=REC.PURPOSE_CONTINUING)).asks]
    form = steps.form_of(asked())
    typed = {"decided_as": "do_not_recommend", "hash": HASH[-8:], "basis": "a; b; c", "effective_date-day": "3"}
    typed |= {"effective_date-month": "4", "effective_date-year": "2027"}
    assert not steps.checked(read(form, typed), asked()).faults
    assert steps.checked(read(form, typed | {"decided_as": "recommend"}), asked()).faults == {"term_months": "missing"}


def test_two_people_correct_a_record() -> None:
    names = {reader: [step.name for step in page(decision(correction()), reader=reader).recorded[0].steps]
             for reader in (RECORDER, OTHER)}  # fmt: skip
    assert names[RECORDER] == ["Confirm the correction", "Take the correction back"]
    assert names[OTHER] == ["Take the correction back"]
    settled = page(decision(correction(CORRECTION.STATE_CONFIRMED)))
    assert [step.name for step in settled.recorded[0].steps] == ["Correct the record"]
    assert "With the correction: Appointed again from 3\u00a0April 2027. For 36 months." in settled.recorded[0].lines


def test_what_is_not_awaited_has_no_form_to_record_it() -> None:
    assert page(state=REC.STATE_APPROVED).record is None
    suspension = page(kind=REC.PURPOSE_SUSPENSION).record
    assert suspension is not None
    assert suspension.href == "/decisions/sg-1/away?recommendation=m-1"


def test_a_reference_is_two_ids_and_never_an_address() -> None:
    for given in ("sg-1/m-1", " safeguarders/sg-1/recommendations/m-1 "):
        found = REFERENCE.fullmatch(given)
        assert found is not None
        assert found.groups() == ("sg-1", "m-1")
    for given in ("//elsewhere.invalid/x", "sg-1", "sg-1/m-1/record", "https://a/b", "sg-1/..", "sg-1/m\n1"):
        assert REFERENCE.fullmatch(given) is None, given


def test_every_word_of_the_contract_has_words() -> None:
    said = words("decisions")
    for table, enum in (
        ("kinds", KIND.Kind), ("end_reasons", safeguarder_pb2.EndReason), ("decided_as", REC.Outcome),
        ("correction_states", CORRECTION.State),
    ):  # fmt: skip
        names = {re.sub(r"^(KIND|END_REASON|OUTCOME|STATE)_", "", one).lower() for one in enum.keys()[1:]}
        assert set(said[table]) == names, table
    assert made.recording().form is not None
