"""A suite that runs while its keys are changed and its people leave, and a browser at its console."""

from dataclasses import dataclass, field
from pathlib import Path

import grpc
import httpx2
from psmf.platform.v1 import status_pb2, status_pb2_grpc

from services.demo.supervisor import Supervisor
from services.platform.calls.client import open_channel
from tests.operations.keys.ring import Ring
from tests.suite import Answer, ask_psmf
from tests.waiting import HUNG


@dataclass
class Running:
    """A suite that runs with its console, and needs approvals of rules as in production."""

    folder: Path
    supervisor: Supervisor
    ring: Ring = field(init=False)

    def __post_init__(self) -> None:
        self.ring = Ring(self.folder)

    def psmf(self, *words: str) -> Answer:
        """Run a command that succeeds."""
        answer = ask_psmf(self.folder, *words)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer

    def is_let_in(self, service: str, authorization: str) -> bool:
        """Return whether a service knows whose a token is."""
        with open_channel(self.supervisor.addresses[service]) as channel:
            stub = status_pb2_grpc.StatusServiceStub(channel)
            try:
                stub.GetStatus(
                    status_pb2.GetStatusRequest(), metadata=(("authorization", authorization),), timeout=HUNG
                )
            except grpc.RpcError as problem:
                return problem.code() is grpc.StatusCode.PERMISSION_DENIED  # known, and this is not theirs
        return True


def sign_in(browser: httpx2.Client, person: str) -> None:
    """Sign somebody in by their button."""
    form = browser.get("/sign-in").text.partition('action="/sign-in"')[2]
    mark = form.partition('name="form_mark" value="')[2].partition('"')[0]
    answer = browser.post("/sign-in", data={"form_mark": mark, "person": person})
    assert answer.status_code == 303, answer.text
    assert is_in(browser)


def is_in(browser: httpx2.Client) -> bool:
    """Return whether the browser is shown a page that needs somebody signed in."""
    return browser.get("/rules").status_code == 200
