"""A token names a person and is valid for a short time. Rights are looked up on each call (reliability S10, S11)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from services.platform.calls.client import ServiceToken
from services.platform.calls.identity import (
    LEEWAY_SECONDS,
    LONGEST_LIFE,
    Directory,
    Tokens,
    new_key,
    public_entry,
    sign_statement,
    sign_token,
)
from services.platform.process.program import in_a_sentence
from services.platform.watched_file import WatchedFile
from services.refusals import Refusal
from tests.clock import FixedClock
from tests.waiting import until
from tests.world import PEOPLE, World

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def tokens(world: World, clock: FixedClock) -> Tokens:
    return Tokens(world.folder / "keys.json", Directory(world.folder / "people.json"), clock.now)


def signed(world: World, person: str, life: timedelta = LONGEST_LIFE) -> str:
    return f"Bearer {sign_token(world.issuer, 'test-issuer', person, NOON, life)}"


def refused(tokens: Tokens, authorization: str) -> bool:
    try:
        tokens.principal(authorization)
    except Refusal as refusal:
        assert refusal.reason == "NOT_SIGNED_IN"  # noqa: PT017
        return True
    return False


def test_a_token_says_who_and_the_directory_says_what_they_are(world: World, tokens: Tokens) -> None:
    caller = tokens.principal(signed(world, "person-one"))
    assert (caller.person, caller.role, caller.subject) == ("person-one", "safeguarder", "sg-one")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_may_be_written_in_any_case(world: World, tokens: Tokens, scheme: str) -> None:
    tokens.principal(signed(world, "panel-team").replace("Bearer", scheme))


@pytest.mark.parametrize("seen_before", [False, True])
def test_a_token_ends_with_its_life_and_a_little_leeway(
    world: World, tokens: Tokens, clock: FixedClock, seen_before: bool
) -> None:
    authorization = signed(world, "panel-team")
    if seen_before:
        tokens.principal(authorization)
    clock.instant = NOON + LONGEST_LIFE + timedelta(seconds=LEEWAY_SECONDS)
    tokens.principal(authorization)
    clock.instant += timedelta(seconds=1)
    assert refused(tokens, authorization)


def test_a_token_is_good_from_its_issue_and_a_little_leeway_before(
    world: World, tokens: Tokens, clock: FixedClock
) -> None:
    clock.instant = NOON - timedelta(seconds=LEEWAY_SECONDS + 1)
    assert refused(tokens, signed(world, "panel-team"))
    clock.instant += timedelta(seconds=1)
    tokens.principal(signed(world, "panel-team"))


def test_a_life_longer_than_fifteen_minutes_is_no_life(world: World, tokens: Tokens) -> None:
    assert refused(tokens, signed(world, "panel-team", LONGEST_LIFE + timedelta(seconds=1)))


def test_someone_taken_out_of_the_directory_is_refused_with_a_token_that_was_good(world: World, tokens: Tokens) -> None:
    authorization = signed(world, "panel-team")
    tokens.principal(authorization)
    world.write_people({person: entry for person, entry in PEOPLE.items() if person != "panel-team"})
    until(lambda: refused(tokens, authorization))


def test_a_role_that_changes_changes_for_tokens_in_use(world: World, tokens: Tokens) -> None:
    authorization = signed(world, "panel-team")
    tokens.principal(authorization)
    world.write_people(PEOPLE | {"panel-team": {"role": "official"}})
    until(lambda: tokens.principal(authorization).role == "official")


def test_a_service_signs_anew_before_its_token_runs_out(world: World, tokens: Tokens, clock: FixedClock) -> None:
    token = ServiceToken(world.folder / "rules.key", "rules", clock.now)
    first = token.metadata("evidence")
    assert token.metadata("evidence") == first
    clock.instant = NOON + LONGEST_LIFE - timedelta(minutes=2)
    ((_, authorization),) = token.metadata("evidence")
    assert authorization != first[0][1]
    assert tokens.principal(authorization).person == "service:rules"


def write_keys(world: World, *entries: dict[str, Any]) -> None:
    """Write the keys file: the issuer's key and these."""
    held = {"keys": [public_entry(world.issuer, "test-issuer"), *entries]}
    (world.folder / "keys.json").write_text(json.dumps(held))


def test_a_service_signs_by_another_key_as_soon_as_its_file_has_one(
    world: World, tokens: Tokens, clock: FixedClock
) -> None:
    """The new key first and the old one after it: no restart, and what the old one sealed still opens."""
    file, old, new = world.folder / "rules.key", world.service_keys["rules"], new_key("rules-2027")
    token = ServiceToken(file, "rules", clock.now)
    ((_, before),) = token.metadata("evidence")
    seal_before = token.keys_for("page tokens")
    write_keys(world, public_entry(old, "service:rules"), public_entry(new, "service:rules"))
    file.write_text(json.dumps({"keys": [key.as_dict(private=True) for key in (new, old)]}))
    looked_long_ago(token._keys, tokens._pinned)
    ((_, after),) = token.metadata("evidence")
    assert {tokens.principal(one).person for one in (before, after)} == {"service:rules"}
    assert token.keys_for("page tokens")[1:] == seal_before
    # The old one signs no more.
    write_keys(world, public_entry(old, "service:rules") | {"retired": True}, public_entry(new, "service:rules"))
    looked_long_ago(tokens._pinned)
    assert refused(tokens, before)
    assert tokens.principal(after).person == "service:rules"


def test_a_key_that_is_retired_proves_what_it_signed_and_lets_nobody_in(world: World, tokens: Tokens) -> None:
    key = world.service_keys["rules"]
    checkpoint = sign_statement(key, "a-checkpoint", b"of old")
    authorization = f"Bearer {sign_token(key, 'service:rules', 'service:rules', NOON)}"
    tokens.principal(authorization)
    write_keys(world, public_entry(key, "service:rules") | {"retired": True})
    looked_long_ago(tokens._pinned)
    assert tokens.stated(checkpoint, "a-checkpoint") == ("service:rules", b"of old")
    assert refused(tokens, authorization)


def test_two_keys_of_one_name_are_not_taken(world: World, tokens: Tokens) -> None:
    """One of them would count no more, and nobody would be told."""
    write_keys(world, public_entry(new_key("issuer-1"), "test-issuer"))
    looked_long_ago(tokens._pinned)
    with capture_logs() as lines:
        tokens.principal(signed(world, "panel-team"))
    assert [(line["event"], line["reason"]) for line in lines] == [("file_unreadable", "public_keys")]


def looked_long_ago(*files: WatchedFile[Any]) -> None:
    """Have the next call look at the files again, as it does after a second."""
    for file in files:
        file._looked_at = 0.0


def test_many_tokens_are_remembered_and_none_is_forgotten_wrongly(world: World, tokens: Tokens) -> None:
    for second in range(2100):
        issued = NOON - timedelta(seconds=second % 600, microseconds=second)
        life = timedelta(seconds=600 + second % 250)
        tokens.principal(f"Bearer {sign_token(world.issuer, 'test-issuer', 'panel-team', issued, life)}")
    tokens.principal(signed(world, "panel-team"))


def read_all(world: World) -> None:
    """Read what a service reads of identity at its start."""
    directory = Directory(world.folder / "people.json")
    Tokens(world.folder / "keys.json", directory, lambda: NOON)
    ServiceToken(world.folder / "evidence.key", "evidence", lambda: NOON)


DAMAGED = {
    "half written": b'{"keys": [{"kid"',
    "another thing": b'["a list"]',
    "not text": b"\xff\xfe\x00",
    "an entry without its fields": b'{"keys": [{"kid": "a"}], "person-one": 1}',
}


@pytest.mark.parametrize("content", [None, *DAMAGED.values()], ids=["missing", *DAMAGED])
@pytest.mark.parametrize("name", ["keys.json", "people.json", "evidence.key"])
def test_a_file_that_a_service_cannot_read_at_its_start_is_named_in_a_sentence(
    world: World, name: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """F7: no stack trace, exit code 2, and nothing of the file's content, which may be a key."""
    file = world.folder / name
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as ended, in_a_sentence("evidence"):
        read_all(world)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"psmf evidence: {file} ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("content", [None, *DAMAGED.values()], ids=["missing", *DAMAGED])
def test_a_directory_that_is_damaged_while_it_is_used_keeps_whom_it_knew(
    world: World, tokens: Tokens, content: bytes | None
) -> None:
    """F7: no call fails for a fault of ours while the file is replaced, and the next good file is read."""
    file, authorization = world.folder / "people.json", signed(world, "panel-team")
    assert tokens.principal(authorization).role == "panel_team"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with capture_logs() as lines:
        for _look in range(2):
            looked_long_ago(tokens._directory._people)
            assert tokens.principal(authorization).role == "panel_team"
    assert [line["reason"] for line in lines] == ["people"], "an operator reads it once"
    world.write_people({"panel-team": {"role": "auditor"}})
    looked_long_ago(tokens._directory._people)
    assert tokens.principal(authorization).role == "auditor"
