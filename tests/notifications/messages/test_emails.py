"""From a concern to an e-mail over real SMTP, with everything that an outsider can see of it (X18, Q24)."""

from psmf.notifications.v1 import notifications_pb2 as pb

from tests.notifications.builders import a_concern, a_data_gap, allocated, raised
from tests.notifications.conftest import Service
from tests.waiting import until


def sent_about(
    service: Service, person: str, parent: str = "safeguarders/sg-one", size: int = 0
) -> list[pb.Notification]:
    found: list[pb.Notification] = []
    token = ""
    while True:
        request = pb.ListNotificationsRequest(parent=parent, page_size=size, page_token=token)
        page = service.sent.ListNotifications(request, **service.as_(person))
        found += page.notifications
        token = page.next_page_token
        if not token:
            return found


def test_the_person_gets_their_email_before_the_manager(service: Service) -> None:
    service.receive(allocated(), raised(a_concern()))
    until(lambda: len(service.mail.taken) == 2)
    assert [message["To"] for message in service.mail.taken] == [
        *("person-one@example.invalid", "manager-one@example.invalid")
    ]


def test_no_email_holds_an_id_or_a_word_of_the_matter(service: Service) -> None:
    service.receive(allocated(), raised(a_concern()))
    until(lambda: len(service.mail.taken) == 2)
    for message in service.mail.taken:
        for word in ("sg-one", "c-1", "report-late", "S4", "support_need"):
            assert word not in str(message["Subject"]) + message.get_content()


def test_what_was_sent_about_a_person_is_listed_newest_first_in_pages(service: Service) -> None:
    service.receive(allocated(), raised(a_concern()))
    until(lambda: len(service.mail.taken) == 2)
    until(lambda: {one.state for one in sent_about(service, "panel-team")} == {pb.Notification.STATE_SENT})
    listed = sent_about(service, "panel-team")
    assert listed == sent_about(service, "panel-team", size=1)
    assert {one.recipient for one in listed} == {"manager-one", "person-one"}
    assert {one.name.rpartition("/")[2] for one in listed} == set(service.mail.message_ids())
    assert all(one.HasField("send_time") and one.tries == 1 for one in listed)


def test_a_safeguarder_sees_what_was_sent_of_what_is_open_to_them(service: Service) -> None:
    service.receive(allocated(), raised(a_concern()), raised(a_data_gap()))
    assert len(sent_about(service, "panel-team")) == 3
    assert {one.recipient for one in sent_about(service, "person-one")} == {"person-one", "manager-one"}


def test_a_mail_server_that_recovers_is_tried_again_until_it_takes_the_email(service: Service) -> None:
    service.mail.to_recipient = "450 Later"
    service.receive(raised(a_concern()))
    until(lambda: sent_about(service, "panel-team")[0].tries >= 2)
    service.mail.to_recipient = "250 OK"
    until(lambda: len(service.mail.taken) == 1)


def test_an_operator_sees_how_much_waits_and_was_sent(service: Service) -> None:
    service.mail.to_recipient = "550 No such mailbox"
    service.receive(raised(a_concern()), raised(a_data_gap()))
    until(lambda: service.status().figures["notifications_waiting"] == 0)
    assert dict(service.status().figures) == {
        "alerts_open": 2,
        "alerts_unassigned": 1,
        "notifications_waiting": 0,
        "notifications_sent": 1,
        "notifications_failed": 1,
        "oldest_wait_seconds": 0,
    }
