"""Approvers are persons, not accounts, and who is taken off a list is out (A7, S15)."""

import json
import os
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest
from psmf.evidence.v1 import events_pb2
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

from services.platform.calls.identity import Directory, Tokens, new_key, public_entry, sign_token
from services.platform.watched_file import LOOK_AGAIN_SECONDS
from services.refusals import Refusal
from services.rules.domain.rulebook.revisions import Approval, Revision, approve
from tests.attacks.attempts import attempted
from tests.sizes import part_of
from tests.waiting import until
from tests.world import PEOPLE, World, publishers

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def accounts(chance: random.Random, humans: int) -> dict[str, tuple[int, dict[str, str]]]:
    """Return accounts with the human behind each. Those of one human share a mail, a record or an id."""
    made: dict[str, tuple[int, dict[str, str]]] = {}
    for human in range(humans):
        shared = chance.choice(("email", "subject", "person_id"))
        value = f"Demo.{human}@example.invalid" if shared == "email" else f"human-{human}"
        for account in range(chance.randint(1, 3)):
            written = value.upper() + " " if shared == "email" and account else value
            entry = {"role": "policy_approver", shared: written}
            made[f"account-{human}-{account}"] = human, entry
    return made


def test_no_second_account_of_a_person_approves_what_they_submitted(tmp_path: Path) -> None:
    got_through, tried = [], part_of(1000)
    for number in range(tried // 20):
        chance = random.Random(number)
        made = accounts(chance, 6)
        file = tmp_path / f"people-{number}.json"
        file.write_text(json.dumps({account: entry for account, (_, entry) in made.items()}))
        directory = Directory(file)
        for _ in range(20):
            author, approver = (chance.choice(sorted(made)) for _ in range(2))
            draft = Revision("a" * 64, author, "Board minute", NOW)
            try:
                approved = approve(draft, Approval(approver, "Read", NOW), directory.are_one_person).approved
            except Refusal as refusal:
                assert refusal.reason == "AUTHOR_CANNOT_APPROVE"  # noqa: PT017
                approved = False
            if approved == (made[author][0] == made[approver][0]):
                got_through.append((number, author, approver))
    attempted("Accounts that approve what they submitted", tried, got_through)


def test_what_a_key_signed_is_over_once_the_key_is_taken_out_of_the_file(tmp_path: Path) -> None:
    world = World(tmp_path)
    file, more = tmp_path / "keys.json", new_key("issuer-2")
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({"keys": [*kept["keys"], public_entry(more, "test-issuer")]}))
    tokens = Tokens(file, Directory(tmp_path / "people.json"), lambda: NOW)
    by_more = f"Bearer {sign_token(more, 'test-issuer', 'panel-team', NOW)}"
    by_first = f"Bearer {sign_token(world.issuer, 'test-issuer', 'panel-team', NOW)}"
    assert tokens.principal(by_more).person == "panel-team"

    def look_again(content: str) -> None:
        file.write_text(content)
        os.utime(file, ns=(time.time_ns(), time.time_ns()))
        time.sleep(LOOK_AGAIN_SECONDS)

    look_again('{"keys": [{"kid"')
    assert tokens.principal(by_more).person == "panel-team", "half a file changes nothing"
    look_again(json.dumps(kept))
    with pytest.raises(Refusal, match="NOT_SIGNED_IN"):
        tokens.principal(by_more)
    assert tokens.principal(by_first).person == "panel-team"


def test_an_open_stream_ends_with_the_next_batch_once_its_reader_is_taken_off_the_list(tmp_path: Path) -> None:
    world = World(tmp_path)
    with publishers(world, "evidence") as made, grpc.insecure_channel(made["evidence"].address) as channel:
        made["evidence"].publish("sg-one", events_pb2.SafeguarderEnded(safeguarder_id="sg-one"))
        stub = feed_pb2_grpc.FeedServiceStub(channel)
        stream = stub.ReadFeed(feed_pb2.ReadFeedRequest(), metadata=world.metadata("service:rules"), timeout=60)
        assert next(stream).events
        directory = Directory(tmp_path / "people.json")
        world.write_people({person: entry for person, entry in PEOPLE.items() if person != "service:rules"})
        until(lambda: directory.find("service:rules") is None)
        time.sleep(LOOK_AGAIN_SECONDS)
        made["evidence"].publish("sg-two", events_pb2.SafeguarderEnded(safeguarder_id="sg-two"))
        heard: set[str] = set()
        with pytest.raises(grpc.RpcError) as ended:
            heard |= {event.key for message in stream for event in message.events}
        assert heard == set()
        assert ended.value.code() is grpc.StatusCode.UNAUTHENTICATED
