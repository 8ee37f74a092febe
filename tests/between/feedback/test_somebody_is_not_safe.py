"""A child who says that they are not safe is heard by people at once, and by no rule before a person has read it."""

from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import rules_pb2 as rules

from tests.between.feedback.steps import TEAM, feedback_by_a_link
from tests.between.together import Together

TOLD = ("panel-team", "senior-manager")


def told(running: Together) -> list[tuple[str, str]]:
    """Return who was told that somebody is not safe, and about whom."""
    request = inbox.ListNotificationsRequest(parent="safeguarders/-", page_size=500)
    answer = running.notifications.ListNotifications(request, **running.as_(TEAM))
    subject = inbox.Notification.SUBJECT_SAFETY_SAID
    return sorted((each.recipient, each.name.split("/")[1]) for each in answer.notifications if each.subject == subject)


def test_a_person_of_the_team_and_a_senior_manager_are_told_once_and_not_about_whom(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one", since=running.ago(400))
    feedback_by_a_link(running, pb.FeedbackAnswer(question="safe", choice="no"))
    running.settle()
    assert [person for person, _ in told(running)] == list(TOLD)
    assert "sg-one" not in {about for _, about in told(running)}
    running.settle()
    assert len(told(running)) == len(TOLD)
    asked = rules.ListConcernsRequest(parent="safeguarders/sg-one")
    listed = running.concerns.ListConcerns(asked, **running.as_(TEAM))
    assert [concern for concern in listed.concerns if concern.lane == rules.LANE_SAFETY] == []


def test_nobody_is_told_of_a_child_who_feels_safe(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one", since=running.ago(400))
    feedback_by_a_link(running, pb.FeedbackAnswer(question="safe", choice="yes"))
    running.settle()
    assert told(running) == []
