"""The jobs beside the server continue after faults, and take up what an earlier process left."""

import threading

import pytest

from services.notifications.compose import compose
from services.notifications.domain.notification import State
from services.platform.loop import Loop
from services.platform.storage.database import Commits
from tests.notifications.builders import a_concern, raised
from tests.notifications.mail_server import a_mail_server
from tests.notifications.office import Office, Post, settings_of
from tests.waiting import HUNG, until


class Killed(BaseException):
    """The sudden end of the process."""


def die(address: str, reference: str) -> None:
    raise Killed


def test_a_turn_that_fails_is_followed_by_another() -> None:
    went_on = threading.Event()
    turns: list[int] = []

    def turn() -> float:
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError
        went_on.set()
        return 60.0

    loop = Loop("sender", turn, Commits())
    loop.start()
    assert went_on.wait(HUNG)
    loop.stop()


def test_a_resting_loop_wakes_when_something_is_committed() -> None:
    commits, turns = Commits(), threading.Semaphore(0)

    def turn() -> float:
        turns.release()
        return 60.0

    loop = Loop("sender", turn, commits)
    loop.start()
    assert turns.acquire(timeout=HUNG)
    commits.announce()
    assert turns.acquire(timeout=HUNG)
    loop.stop()


def test_a_resting_loop_stops_at_once() -> None:
    for wakes_on in (None, Commits()):
        begun = threading.Event()

        def turn(begun: threading.Event = begun) -> float:
            begun.set()
            return 60.0

        loop = Loop("clock", turn, wakes_on)
        loop.start()
        assert begun.wait(HUNG)
        stopped = threading.Thread(target=loop.stop)
        stopped.start()
        stopped.join(HUNG)
        assert not stopped.is_alive()


def test_a_new_process_sends_again_what_the_last_one_had_claimed(office: Office) -> None:
    office.receive(raised(a_concern()))
    office.go_on(minutes=2)
    with pytest.raises(Killed):
        office.sender(Post(watch=die)).turn()
    (claimed,) = office.notifications()
    with a_mail_server() as mail:
        process = compose(settings_of(office.world, smtp_address=mail.address, email_in_office_hours=False))
        process.start()
        until(lambda: office.notifications()[0].state is State.SENT)
        process.stop()
        assert mail.message_ids() == [claimed.reference]
    assert office.notifications()[0].possible_duplicate
