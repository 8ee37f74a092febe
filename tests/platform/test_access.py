"""A service starts only if its access policies are complete, fit its methods and deny by default (S11, S13)."""

from pathlib import Path

import pytest

from services.platform.calls.access import Access, schema
from services.platform.calls.identity import Principal
from services.platform.calls.method_rules import MethodPolicy, method_policies
from services.refusals import Kind, Refusal
from tests.platform.small_service import PROTOS, policies

READ = MethodPolicy("/psmf.x.v1.X/GetThing", "GetThing", False, "sensitive", 5)
METHODS = {READ.path: READ} | method_policies([])
PERMIT = 'permit (principal, action == Action::"GetThing", resource) when { principal.role == "panel_team" };\n'
TEAM, NOBODY = Principal("panel-team", "panel_team"), Principal("someone", "wizard")


def access(folder: Path, text: str) -> Access:
    file = folder / "access.cedar"
    file.write_text(text)
    return Access(file, METHODS)


def test_what_no_policy_permits_is_denied(tmp_path: Path) -> None:
    policies = access(tmp_path, PERMIT)
    assert policies.permits(TEAM, READ, "none")
    assert not policies.permits(NOBODY, READ, "own")


def test_forbid_beats_permit(tmp_path: Path) -> None:
    forbid = 'forbid (principal, action == Action::"GetThing", resource) when { resource.relation == "own" };\n'
    policies = access(tmp_path, forbid + PERMIT)
    assert policies.permits(TEAM, READ, "allocated")
    assert not policies.permits(TEAM, READ, "own")


def test_a_denial_says_nothing_about_the_record(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        access(tmp_path, PERMIT).require(NOBODY, READ, "none")
    assert refused.value.kind is Kind.NOT_ALLOWED
    assert refused.value.metadata == {"method": "GetThing"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "methods without an access policy: .*GetThing"),
        (PERMIT + 'permit (principal, action == Action::"GetOther", resource);', "unknown methods: .*GetOther"),
        (PERMIT + 'permit (principal, action == Action::"GetThing", resource) when { principal.rank == 1 };', "rank"),
        (PERMIT + 'permit (principal, action == Action::"GetThing", resource) when { resource.relation == 1 };', "fit"),
    ],
    ids=["a method without a policy", "a policy for no method", "an attribute nobody has", "a value of another type"],
)
def test_policies_that_do_not_fit_stop_the_service(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        access(tmp_path, text)


def test_policies_that_do_not_parse_stop_the_service(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)pars|token|expected|fit"):
        access(tmp_path, PERMIT + "permit (principal")


def test_the_schema_names_every_method() -> None:
    assert '"GetStatus", "GetThing", "ListAuditEntries", "ListDeadLetters"' in schema(
        {rules.method for rules in METHODS.values()}
    )


def test_a_policy_text_for_all_contracts_fits(tmp_path: Path) -> None:
    methods = method_policies(PROTOS)
    (tmp_path / "all.cedar").write_text(policies({rules.method for rules in methods.values()}))
    Access(tmp_path / "all.cedar", methods)


def test_reads_about_people_are_the_ones_that_are_written_down() -> None:
    for rules in method_policies(PROTOS).values():
        assert rules.leaves_read_audit == (not rules.writes and rules.data_class in ("personal", "sensitive"))
    noted = {rules.method for rules in method_policies(PROTOS).values() if rules.leaves_read_audit}
    assert {"GetEvidenceItem", "ListSafeguarders", "WatchAlerts", "GetConcern"} <= noted
    assert not {"GetRulebook", "GetReceipt", "ReadFeed", "GetStatus"} & noted
