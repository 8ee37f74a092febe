"""Checkpoints of a service's audit log, made as time passes and kept where its own database cannot change them (S18).

Each service keeps the newest checkpoint of the services that it listens to. A file outside the database keeps all of
the service's own, where the settings name one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import grpc
from psmf.platform.v1 import audit_pb2 as pb
from psmf.platform.v1 import audit_pb2_grpc

from services.platform.audit.log import AuditLog
from services.platform.audit.statement import TYPE, Statement
from services.platform.calls.client import ServiceToken
from services.platform.calls.identity import Tokens
from services.platform.storage.database import Database, to_micros
from services.platform.telemetry.logs import log as program_log

EVERY_SECONDS = 60.0
"""Longest time for which rows at the end of a log have no checkpoint elsewhere."""
FIRST_SECONDS = 10.0
"""The services of a suite start together. Before that, nobody would answer."""
ANSWER_SECONDS = 2.0


def reader_of(tokens: Tokens) -> Callable[[str], Statement | None]:
    """Return what reads a checkpoint: the statement, or None unless the service that it is about signed it."""

    def proved(signed: str) -> Statement | None:
        try:
            issuer, held = tokens.stated(signed, TYPE)
            said = Statement.from_bytes(held)
        except ValueError:
            return None
        return said if issuer == f"service:{said.service}" else None

    return proved


class CheckpointKeeper:
    """The job that makes checkpoints, writes them to a file, and asks other services for theirs."""

    def __init__(
        self,
        database: Database,
        log: AuditLog,
        addresses: Mapping[str, str],
        token: ServiceToken,
        proved: Callable[[str], Statement | None],
        file: Path | None,
    ) -> None:
        self._database = database
        self._log = log
        self._addresses = addresses
        self._token = token
        self.proved = proved
        self._file = file
        self._written_at = self._last_in(file)
        self._turns = 0

    def turn(self, now: Callable[[], datetime]) -> float:
        """Make a checkpoint if there is something new, and tell it. Return the seconds until the next time."""
        self._turns += 1
        if self._turns == 1:
            return FIRST_SECONDS
        at = to_micros(now())
        self._database.write(lambda connection: self._log.look(connection, at))
        self._write_file()
        for service, address in self._addresses.items():
            self._ask(service, address)
        return EVERY_SECONDS

    def _write_file(self) -> None:
        """Append the service's newer checkpoints to the file. Nothing ever shortens it."""
        if self._file is None:
            return
        with self._database.read() as connection:
            newer = self._log.checkpoints(connection, after=self._written_at)
        mine = [(signed, said) for signed in newer if (said := self.proved(signed))]
        if mine:
            with self._file.open("a") as beside:
                beside.write("".join(f"{signed}\n" for signed, _ in mine))
            self._written_at = mine[-1][1].at

    def _ask(self, service: str, address: str) -> None:
        """Keep the newest checkpoint of another service. One that does not answer, or has none yet, is asked again."""
        try:
            with self._token.open_channel(service, address) as channel:
                stub = audit_pb2_grpc.AuditServiceStub(channel)
                request = pb.GetCheckpointsRequest()
                answer = stub.GetCheckpoints(request, metadata=self._token.metadata(service), timeout=ANSWER_SECONDS)
        except grpc.RpcError:
            return
        said = self.proved(answer.newest)
        if said is None or said.service != service:
            if answer.newest:
                # Forged, or signed with a key that is not in our keys yet.
                program_log().critical("audit_checkpoint_not_proved", source=service)
            return
        with self._database.read() as connection:
            known = [self.proved(signed) for signed in self._log.kept(connection)]
        kept = next((each for each in known if each and (each.service, each.origin) == (service, said.origin)), None)
        if kept is None or said.position > kept.position or (said.position == kept.position and said.at > kept.at):
            self._database.write(lambda connection: self._log.keep(connection, said, answer.newest))
        elif said.position < kept.position:
            # The same database has fewer rows than it had. What is kept stays, and `psmf audit verify` shows it.
            program_log().critical("audit_cut_off", source=service)

    def _last_in(self, file: Path | None) -> int:
        """Return when the last checkpoint in a file was made, in microseconds since 1970; 0 if there is none."""
        lines = file.read_text(errors="replace").splitlines() if file and file.exists() else []
        return next((said.at for line in reversed(lines) if (said := self.proved(line))), 0)
