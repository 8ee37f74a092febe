"""The story loaded into the real services: evidence arrives, a concern is raised, a person is told."""

from collections import Counter
from datetime import timedelta

import pytest
from psmf.evidence.v1 import report_samples_pb2 as samples
from psmf.evidence.v1 import review_requests_pb2
from psmf.rules.v1 import rules_pb2

from services.demo.outcome import differences
from services.demo.story.cast import AILSA, CATRIONA, LACHLAN
from services.demo.story.chapters import THEME
from services.demo.telling.loading import load
from services.demo.telling.recommendations import CONDITIONS, person_near_the_end
from services.demo.telling.wire import PANEL_TEAM
from services.demo.waiting import unfinished, wait_until_settled
from services.platform.calls.wire import from_date
from tests.suite import LoadedSuite


def test_the_story_goes_as_told(suite: LoadedSuite) -> None:
    assert differences(suite.demo.story, suite.seen) == []


def test_a_round_is_drawn_and_one_report_was_read_twice(suite: LoadedSuite) -> None:
    """R53, record 7: readings of Ailsa's report differed and are reconciled; of Lachlan no report was due."""
    story, client = suite.demo.story, suite.demo.client
    listed = samples.ListReportSamplesRequest(parent="safeguarders/-", page_size=500)
    found = client.call(PANEL_TEAM, client.report_samples.ListReportSamples, listed).report_samples
    known = {each.name.split("/")[1]: each for each in found}
    ailsa, lachlan = (known[story.named(name).safeguarder_id] for name in (AILSA, LACHLAN))
    assert len(known) == len(found) == 150
    assert (ailsa.state, len(ailsa.readings)) == (samples.ReportSample.STATE_RECONCILED, 2)
    assert ailsa.readings[0].rating != ailsa.readings[1].rating
    assert lachlan.reason == samples.NO_REPORT_REASON_NO_REPORT_DUE


def test_items_that_do_not_count_are_named_with_their_reason(suite: LoadedSuite) -> None:
    reasons = {item["reason"] for row in suite.seen["concerns"] for item in row["not_counted"]}
    assert {"out_of_window", "in_reply_time", "complaint_not_upheld", "exploratory", "help_seeking"} <= reasons


def test_an_escalation_silences_its_support_need(suite: LoadedSuite) -> None:
    escalated = {row["safeguarder"] for row in suite.seen["alerts"] if row["lane"] == "escalation"}
    for row in suite.seen["alerts"]:
        silenced = row["safeguarder"] in escalated and row["lane"] == "support_need"
        assert (row["state"] == "silenced") == silenced, row


def test_support_needs_reach_the_allocated_support_manager(suite: LoadedSuite) -> None:
    own = [row for row in suite.seen["alerts"] if row["rule"] == "same-theme-two-sources"]
    assert own
    assert all(row["recipient"].startswith("support-manager-") for row in own)


def test_gaps_of_the_team_are_told_to_the_team_and_never_to_the_person(suite: LoadedSuite) -> None:
    only_gaps = {row["safeguarder"] for row in suite.seen["concerns"] if row["lane"] == "data_gap"} - {
        row["safeguarder"] for row in suite.seen["concerns"] if row["lane"] != "data_gap"
    }
    only_gaps -= papers_open(suite)
    told = {row["recipient"] for row in suite.seen["notifications"] if row["safeguarder"] in only_gaps}
    assert told == {"panel-team"}


def test_whoever_is_concerned_is_told(suite: LoadedSuite) -> None:
    told = {(row["safeguarder"], row["recipient"]) for row in suite.seen["notifications"] if row["state"] == "sent"}
    for row in suite.seen["concerns"]:
        if row["lane"] != "data_gap":
            assert (row["safeguarder"], f"person-{row['safeguarder']}") in told, row


def test_every_serving_safeguarder_is_owed_three_sessions_and_two_trainings(suite: LoadedSuite) -> None:
    assert suite.seen["obligations"]["support_session"] == 3 * 150
    assert suite.seen["obligations"]["mandatory_training"] == 2 * 150


def test_a_plan_is_in_force_an_action_is_set_and_the_team_owes_what_it_promised(suite: LoadedSuite) -> None:
    """Record 7: the plans of the demo's year."""
    by_conditions = len(CONDITIONS)
    near_the_end = papers_open(suite) - {person_near_the_end(suite.demo.story).safeguarder_id}
    owed = {"action": 2 + by_conditions, "answer_support": by_conditions, "deliver_support": 2, "review_action": 1}
    # For one person there was nothing to draw, and two reports were obtained.
    complaints = {"investigate_complaint": 1}
    sampling = {"draw_sample": 1, "obtain_report": 150 - 1 - 2}
    assert suite.seen["plans"] == {
        "in_force": 1,
        "supports_late": 2,
        "actions": {"met": 1, "open": 2 + by_conditions},
        "basis": {"agreed": 2, "set": 1 + by_conditions},
        "supports": {"accepted": 1, "delivered": 1, "not_delivered": 1, "offered": by_conditions},
        "duties": owed | sampling | complaints | {"finalise_plan": 150 - 1, "share_recommendation": len(near_the_end)},
    }


def test_concerns_follow_the_record_of_the_year(suite: LoadedSuite) -> None:
    """Record 1.4: praise by the record of a session, a late reporter by a change of approach and its action."""
    found = {(row["rule"], row["subject"]): row["state"] for row in suite.seen["concerns"]}
    assert found["excellence-repeat", "S1.1"] == found["excellence-report", ""] == "acknowledged_in_session"
    assert found["report-late", ""] == "action_review"


def test_one_person_is_reappointed_with_conditions_after_both_sides_saw_the_pack(suite: LoadedSuite) -> None:
    """R86, R89, B10."""
    assert suite.seen["recommendations"] == {
        "states": {"decided": 1},
        "outcomes": {"with_conditions": 1},
        "decided_as": {"with_conditions": 1},
    }


def papers_open(suite: LoadedSuite) -> set[str]:
    """Return the ids of the people whose papers for the next term are open."""
    story = suite.demo.story
    latest = story.today + timedelta(days=365 + 1)
    return {person.safeguarder_id for person in story.people if person.term_ends_before <= latest}


def test_an_upheld_review_closes_the_concern_that_rested_on_the_item(suite: LoadedSuite) -> None:
    """R92, R93; record 7: she asked by letter, and somebody outside the chain decided it."""
    assert suite.seen["reviews"] == {"open": 0, "upheld": 1, "not_upheld": 0, "days_given_back": 14}
    person = suite.demo.story.named(CATRIONA).safeguarder_id
    (concern,) = (row for row in suite.seen["concerns"] if row["safeguarder"] == person)
    assert (concern["rule"], concern["state"], len(concern["counted"])) == (THEME, "closed", 2)
    client, parent = suite.demo.client, f"safeguarders/{person}"
    listed = rules_pb2.ListConcernsRequest(parent=parent, include_closed=True)
    (closed,) = client.call(PANEL_TEAM, client.concerns.ListConcerns, listed).concerns
    assert closed.reason == rules_pb2.CONCERN_REASON_REVIEW_UPHELD
    asked = review_requests_pb2.ListReviewRequestsRequest(parent=parent)
    (review,) = client.call(f"person-{person}", client.reviews.ListReviewRequests, asked).review_requests
    assert from_date(review, "made_date") == suite.demo.story.today - timedelta(days=14)
    assert (review.entered_by, review.late) == (PANEL_TEAM, False)
    assert review.reviewer.startswith("senior-manager-")


def test_papers_overlays_and_samples_of_the_year_are_told(suite: LoadedSuite) -> None:
    """Record 7: papers frozen and used, a suspension lifted after a leave, one report read twice and one not there."""
    assert suite.seen["sessions"]["packs"] == {"frozen": 1, "used": 3}
    assert suite.seen["overlays"] == {"suspensions": {"lifted": 1}, "times_away": {"leave": 1, "suspension": 1}}
    samples = suite.seen["samples"]
    assert (samples["not_available"], samples["reconciled"], samples["read_twice"]) == (1, 1, 1)


def test_each_concern_about_a_person_is_on_an_agenda_once(suite: LoadedSuite) -> None:
    agenda = Counter((row["safeguarder"], row["rule"], row["subject"]) for row in suite.seen["sessions"]["agenda"])
    wanted = [row for row in suite.seen["concerns"] if row["lane"] != "data_gap"]
    assert agenda == Counter((row["safeguarder"], row["rule"], row["subject"]) for row in wanted)


def test_everything_accepted_is_accounted_for(suite: LoadedSuite) -> None:
    ledger = suite.seen["ledger"]
    assert ledger["accepted"] == ledger["evaluated"] > len(suite.demo.story.history)
    assert ledger["waiting"] == ledger["dead"] == 0
    assert suite.seen["engines"]["disagreements"] == 0


def test_telling_the_story_again_changes_nothing(suite: LoadedSuite) -> None:
    before = suite.demo.outcome()
    load(suite.demo.story, suite.demo.client)
    assert {**suite.demo.outcome(), "engines": None} == {**before, "engines": None}


def test_a_settled_suite_has_nothing_under_way(suite: LoadedSuite) -> None:
    assert unfinished(wait_until_settled(suite.demo.client)) == []


@pytest.mark.parametrize("person", ["official", "partner-scra"])
def test_the_files_are_closed_to_those_who_have_no_part_in_them(suite: LoadedSuite, person: str) -> None:
    answered = suite.psmf("alert", "list", "--as", person)
    assert answered.returncode == 4
    assert not answered.stdout
