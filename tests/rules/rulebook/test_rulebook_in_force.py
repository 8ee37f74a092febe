"""A rulebook that does not load leaves the last good one in force, and its faults are shown with their places."""

import shutil
from pathlib import Path
from typing import cast

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc

from services.rules.compose import HERE, compose
from services.rules.wire.rulebook import put_more
from tests.rules.builders import shipped
from tests.rules.conftest import Rules, settings
from tests.world import World, publishers, running


def reload(rules: Rules) -> pb.Rulebook:
    message: pb.Rulebook = rules.rulebook.ReloadRulebook(pb.ReloadRulebookRequest(), **rules.as_("editor"))
    return message


def in_force(rules: Rules) -> pb.Rulebook:
    message: pb.Rulebook = rules.rulebook.GetRulebook(pb.GetRulebookRequest(), **rules.as_("official"))
    return message


def test_a_changed_parameter_comes_into_force_with_another_hash(rules: Rules) -> None:
    before = in_force(rules)
    file = rules.folder / "parameters.yaml"
    text = file.read_text()
    file.write_text(text.replace("why: ", "why: Looked at again. ", 1))
    after = reload(rules)
    file.write_text(text)
    assert after.hash != before.hash
    assert reload(rules).hash == before.hash


def test_a_rulebook_that_does_not_parse_leaves_the_last_good_one_in_force(rules: Rules) -> None:
    before = in_force(rules)
    file = rules.folder / "measures.yaml"
    text = file.read_text()
    file.write_text(text + "\n\tbroken: [\n")
    with pytest.raises(grpc.RpcError) as refused:
        reload(rules)
    during = in_force(rules)
    file.write_text(text)
    assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    info = error_details_pb2.ErrorInfo()
    assert rpc_status.from_call(cast(grpc.Call, refused.value)).details[0].Unpack(info)
    assert info.reason == "RULEBOOK_REFUSED"
    assert "measures.yaml:" in info.metadata["first_fault"]
    assert during.hash == before.hash
    assert during.refused
    assert reload(rules).refused == []


def test_a_service_started_on_a_broken_folder_goes_on_with_the_last_good_rulebook(tmp_path: Path) -> None:
    world = World(tmp_path)
    folder = tmp_path / "rulebook"
    shutil.copytree(HERE / "rulebook", folder)
    with publishers(world, "evidence", "scheduling", "notifications") as others:
        hashes = []
        for broken in (False, True):
            if broken:
                (folder / "measures.yaml").write_text("nothing: [here\n")
            with running(compose(settings(world, folder, others))) as channel:
                stub = rules_pb2_grpc.RulebookServiceStub(channel)
                answer = stub.GetRulebook(pb.GetRulebookRequest(), metadata=world.metadata("official"))
                hashes.append(answer.hash)
                assert bool(answer.refused) is broken
    assert hashes[0] == hashes[1]


def test_a_service_that_never_had_a_good_rulebook_says_so_and_does_not_start(tmp_path: Path) -> None:
    world = World(tmp_path)
    folder = tmp_path / "rulebook"
    folder.mkdir()
    with publishers(world, "evidence", "scheduling", "notifications") as others, pytest.raises(SystemExit) as refused:
        compose(settings(world, folder, others))
    assert "does not load" in str(refused.value)


def test_every_rule_is_shown_in_words_with_its_lines_and_source(rules: Rules) -> None:
    listed = rules.rulebook.ListRules(pb.ListRulesRequest(), **rules.as_("person-one"))
    assert len(listed.rules) >= 10
    for rule in listed.rules:
        assert rule.title
        assert rule.source
        assert rule.conditions
        assert all(line.origin in ("given", "ours") and line.why for line in rule.lines)


def test_the_standards_are_open_to_everyone(rules: Rules) -> None:
    edition = rules.standards.GetStandardsEdition(
        pb.GetStandardsEditionRequest(name="standardsEditions/2015-07"), **rules.as_("partner")
    )
    assert [s.standard for s in edition.standards[:7]] == ["S1", "S2", "S3", "S4", "S5", "S6", "S7"]


def test_each_rule_has_its_examples_as_short_stories_if_they_are_asked_for(rules: Rules) -> None:
    full = rules.rulebook.ListRules(pb.ListRulesRequest(full=True), **rules.as_("official")).rules
    (leak,) = [rule for rule in full if rule.rule == "confidentiality"]
    first = leak.examples[0]
    assert (first.title, first.answer) == ("raises on one safety item at once", pb.ANSWER_RAISED)
    assert list(first.evidence) == ["feedback from local authority, 30 October 2026"]
    assert {example.answer for example in leak.examples} == {pb.ANSWER_RAISED, pb.ANSWER_CLEAR}
    assert all(rule.examples for rule in full)
    assert not any(
        rule.examples for rule in rules.rulebook.ListRules(pb.ListRulesRequest(), **rules.as_("official")).rules
    )


@pytest.mark.parametrize(("raised", "shown"), [(0, (0, True)), (4, (0, True)), (5, (5, False))])
def test_how_often_a_rule_spoke_is_not_told_of_fewer_than_five(raised: int, shown: tuple[int, bool]) -> None:
    rule = shipped().rules[0]
    message = pb.Rule()
    put_more(message, rule, raised)
    assert (message.times_raised, message.raised_withheld) == shown
