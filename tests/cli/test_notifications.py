"""What the list of messages says: in words of what there is to read, and nothing of what it says."""

from psmf.notifications.v1 import notifications_pb2 as pb

from services.cli.notification.commands import WHAT
from services.platform.calls.wire import to_word


def test_everything_there_is_to_read_has_words_of_its_own() -> None:
    subjects = {to_word(pb.Notification.Subject, number) for number in pb.Notification.Subject.values() if number}
    assert subjects == {*WHAT}
    assert len({*WHAT.values()}) == len(WHAT)
