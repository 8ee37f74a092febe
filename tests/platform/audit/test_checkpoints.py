"""Checkpoints of a log in a database: when one is made, what it counts, and where it is kept (S18)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.platform.audit.chain import Entry
from services.platform.audit.log import CHECKPOINT_EVERY, AuditLog
from services.platform.audit.statement import TYPE, Statement, said_in
from services.platform.calls.identity import new_key, sign_statement
from services.platform.process.audit.keeper import CheckpointKeeper
from services.platform.storage.database import execute
from tests.platform.small_service import SmallService, now, rows, small_service

BEFORE = "INSERT INTO audit (at, person, role, method, subject) VALUES (?, ?, ?, ?, ?)"
"""How the release before writes a row."""


@pytest.fixture
def service(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    folder = tmp_path_factory.mktemp("checkpoints")
    with small_service(folder, {"audit_file": folder / "evidence.checkpoints"}) as running:
        yield running


def keeper_of(service: SmallService) -> CheckpointKeeper:
    """Return what makes the checkpoints of a service, past its first turn."""
    (loop,) = (each for each in service.process._workers if getattr(each, "_name", "") == "audit checkpoints")
    turn: Any = loop._turn  # type: ignore[attr-defined]
    keeper: CheckpointKeeper = turn.func.__self__
    keeper._turns = max(keeper._turns, 1)
    return keeper


def log_of(service: SmallService) -> AuditLog:
    return service.commands._log


def add(service: SmallService, number: int) -> None:
    """Add rows, as many calls do in one commit."""
    log = log_of(service)

    def work(connection: Any) -> None:
        for at in range(number):
            log.add(connection, Entry(at, "panel-team", "panel_team", "GetEvidenceItem", "sg-one"))

    service.database.write(work)


def own(service: SmallService) -> list[Statement]:
    with service.database.read() as connection:
        return [said for signed in log_of(service).checkpoints(connection) if (said := said_in(signed))]


def test_each_hundredth_row_has_its_checkpoint_in_the_same_commit(service: SmallService) -> None:
    add(service, 2 * CHECKPOINT_EVERY + 50)
    assert [said.position for said in own(service)] == [CHECKPOINT_EVERY, 2 * CHECKPOINT_EVERY]


def test_a_minute_with_a_new_row_has_a_checkpoint_and_one_without_has_none(service: SmallService) -> None:
    keeper = keeper_of(service)
    add(service, 3)
    keeper.turn(now)
    keeper.turn(now)
    assert [said.position for said in own(service)] == [3]
    add(service, 1)
    keeper.turn(now)
    assert [said.position for said in own(service)] == [3, 4]


def test_the_file_outside_has_each_checkpoint_once_also_after_a_restart(service: SmallService) -> None:
    keeper = keeper_of(service)
    file: Path = keeper._file  # type: ignore[assignment]
    add(service, CHECKPOINT_EVERY + 1)
    keeper.turn(now)
    after = CheckpointKeeper(service.database, log_of(service), {}, keeper._token, keeper.proved, file)
    after._turns = 1
    add(service, 1)
    after.turn(now)
    said = [keeper.proved(line) for line in file.read_text().split()]
    assert [each.position for each in said if each] == [CHECKPOINT_EVERY, CHECKPOINT_EVERY + 1, CHECKPOINT_EVERY + 2]


def test_a_row_that_somebody_put_among_the_checkpoints_stops_no_other(service: SmallService) -> None:
    """Not from the file outside either, nor after a restart."""
    keeper = keeper_of(service)
    file: Path = keeper._file  # type: ignore[assignment]
    add(service, 3)
    keeper.turn(now)
    forged = Statement("evidence", "x/1", 10**12, "00", 9 * 10**17)
    signed = sign_statement(new_key("service:evidence"), TYPE, forged.to_bytes())
    put = "INSERT INTO audit_checkpoint (service, origin, position, at, signed) VALUES (?, ?, ?, ?, ?)"
    values = forged.service, forged.origin, forged.position, forged.at, signed
    service.database.write(lambda connection: execute(connection, put, values))
    add(service, 1)
    keeper.turn(now)
    after = CheckpointKeeper(service.database, log_of(service), {}, keeper._token, keeper.proved, file)
    after._turns = 1
    add(service, 1)
    after.turn(now)
    assert [said.position for line in file.read_text().split() if (said := keeper.proved(line))] == [3, 4, 5]
    assert signed not in file.read_text()
    with service.database.read() as connection:
        newest = log_of(service).newest(connection)
    assert newest
    assert newest.position == 5


def test_rows_of_the_release_before_are_counted_and_the_chain_goes_on_after_them(service: SmallService) -> None:
    keeper = keeper_of(service)
    old = (1, "panel-team", "panel_team", "GetEvidenceItem", "sg-one")
    service.database.write(lambda connection: execute(connection, BEFORE, old))
    add(service, 2)
    service.database.write(lambda connection: execute(connection, BEFORE, old))
    keeper.turn(now)
    add(service, 1)
    keeper.turn(now)
    assert [(said.position, said.unchained) for said in own(service)] == [(2, 2), (3, 2)]
    assert rows(service.file, "SELECT position FROM audit ORDER BY number") == [(None,), (1,), (2,), (None,), (3,)]


def test_a_service_keeps_the_newest_checkpoint_of_each_database_of_another(service: SmallService) -> None:
    log = log_of(service)
    for origin, position in (("a/1", 5), ("a/1", 9), ("a/2", 7)):
        said = Statement("rules", origin, position, "00", position)
        service.database.write(lambda connection, said=said: log.keep(connection, said, f"x.{said.position}.y"))  # type: ignore[misc]
    with service.database.read() as connection:
        assert log.kept(connection) == ["x.7.y", "x.9.y"]


def test_a_checkpoint_counts_only_with_the_signature_of_the_service_that_it_is_about(service: SmallService) -> None:
    keeper = keeper_of(service)
    add(service, CHECKPOINT_EVERY)
    with service.database.read() as connection:
        (signed,) = log_of(service).checkpoints(connection)
    assert keeper.proved(signed)
    said = said_in(signed)
    assert said
    assert keeper.proved(sign_statement(new_key("service:evidence"), TYPE, said.to_bytes())) is None
    of_another = Statement("rules", said.origin, said.position, said.head, said.at)
    assert keeper.proved(keeper._token.sign(TYPE, of_another.to_bytes())) is None
    assert keeper.proved(keeper._token.sign("another kind", said.to_bytes())) is None
    token = service.world.metadata("panel-team")[0][1].removeprefix("Bearer ")
    assert keeper.proved(token) is None
