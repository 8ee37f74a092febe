"""Who may act for a support manager, by dated delegations, and whom a declared link keeps out (X6, X32)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from services.platform.calls.identity import Principal
from services.platform.calls.relations import listed_subjects, relation_of
from services.refusals import Refusal
from services.scheduling.domain.allocation import AllocationReason
from services.scheduling.domain.cover import (
    Delegation,
    DelegationReason,
    EndReason,
    LinkKind,
    PersonLink,
    WantedDelegation,
)
from services.scheduling.domain.identifiers import DelegationId, LinkId, SafeguarderId, SupportManagerId
from services.scheduling.handlers import cover
from services.scheduling.handlers.create_allocation import create_allocation
from tests.scheduling.builders import NOW, TODAY
from tests.scheduling.office import Office, Team
from tests.scheduling.received import appointed, ended

ONE, EAST, OTHER, THIRD = SafeguarderId("sg-one"), "east_1", "east_2", "east_3"
RECENTLY, DAY = TODAY - timedelta(days=20), timedelta(days=1)
_IDS = count(1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with three support managers of the east, the first of whom supports sg-one."""
    made = Office(tmp_path / "scheduling.db", Team(east_1="east", east_2="east", east_3="east"))
    made.receive(appointed(ONE, RECENTLY))
    yield made
    made.close()


def delegate(office: Office, to: str = OTHER, first: int = 0, last: int = 9, reason: str = "absence") -> Delegation:
    days = (TODAY + first * DAY, TODAY + last * DAY)
    wanted = WantedDelegation(ONE, SupportManagerId(to), *days, DelegationReason(reason))
    new_id = DelegationId(f"d-{next(_IDS)}")
    return office.command(lambda context: cover.create_delegation(wanted, new_id, "team-one", context))


def declare(office: Office, person: str, by: str = "team-one") -> PersonLink:
    new_id = LinkId(f"l-{next(_IDS)}")
    return office.command(lambda context: cover.declare_link(ONE, person, LinkKind.FAMILY, new_id, by, context))


def end_link(office: Office, link: PersonLink, reason: EndReason = EndReason.OVER) -> PersonLink:
    return office.command(lambda context: cover.end_link(ONE, link.link_id, reason, "team-one", context))


def allocate(office: Office, manager: str) -> None:
    reason = AllocationReason.CONFLICT_OF_INTEREST
    office.command(lambda context: create_allocation(ONE, SupportManagerId(manager), reason, context))


def relation(office: Office, person: str, after_days: int = 0, role: str = "support_manager") -> tuple[str, str]:
    """Return a person's relation to sg-one so many days from today, and for whom they act."""
    with office.database.read() as connection:
        day = TODAY + after_days * DAY
        found = relation_of(connection, Principal(person, role), ONE, "support_manager", NOW + after_days * DAY)
        listed = listed_subjects(connection, Principal(person, role), "-", "support_manager", day)
    by_role = role != "support_manager" and found.relation != "linked"
    assert listed.holds(ONE) == (by_role or found.relation in ("allocated", "delegated"))
    return found.relation, found.for_whom


def reason(work: Any) -> str:
    with pytest.raises(Refusal) as refused:
        work()
    return refused.value.reason


def owed(office: Office) -> list[tuple[str, str]]:
    """Return the state and the last day of each duty to allocate another support manager."""
    rows = office.rows("SELECT json_extract(body, '$.state'), due_on FROM duty WHERE body LIKE '%allocate_another%'")
    return [(str(state), str(due_on)) for state, due_on in rows]


def test_a_delegate_acts_from_the_first_day_to_the_last_for_the_support_manager(office: Office) -> None:
    made = delegate(office, first=2, last=4)
    assert [relation(office, OTHER, day)[0] for day in range(1, 6)] == ["none", *["delegated"] * 3, "none"]
    assert relation(office, OTHER, 3) == ("delegated", EAST)
    assert relation(office, EAST, 3) == ("allocated", ""), "the support manager goes on"
    assert [made.state_on(TODAY + day * DAY).value for day in (1, 2, 4, 5)] == ["to_come", *["in_force"] * 2, "over"]


def test_a_delegation_that_is_ended_gives_no_right_from_then_on(office: Office) -> None:
    made = delegate(office)
    office.command(lambda context: cover.end_delegation(ONE, made.delegation_id, EAST, context))
    assert relation(office, OTHER) == ("none", "")
    with pytest.raises(Refusal, match="DELEGATION_OVER"):
        office.command(lambda context: cover.end_delegation(ONE, made.delegation_id, EAST, context))
    assert office.published()[-2:] == ["DelegationChanged", "DelegationChanged"]


@pytest.mark.parametrize("what", ["another allocation", "the end of membership"])
def test_a_delegation_ends_with_the_allocation_for_which_it_was_given(office: Office, what: str) -> None:
    delegate(office)
    if what == "another allocation":
        allocate(office, THIRD)
    else:
        office.receive(ended(ONE, TODAY))
    assert relation(office, OTHER) == ("none", "")
    assert office.rows("SELECT ended FROM delegation") == [(1,)]
    if what == "another allocation":
        allocate(office, EAST)
        assert relation(office, OTHER) == ("none", ""), "it does not come back with the support manager"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"first": -1}, "DAY_PAST"),
        ({"first": 3, "last": 2}, "DAYS_IN_WRONG_ORDER"),
        ({"last": 92}, "DELEGATION_TOO_LONG"),
        ({"to": EAST}, "ALREADY_ALLOCATED"),
        ({"to": "nobody"}, "NOT_A_SUPPORT_MANAGER"),
        ({"to": "team-one"}, "NOT_A_SUPPORT_MANAGER"),
        ({"first": 9, "last": 12}, "ALREADY_DELEGATED"),
        ({"to": THIRD}, "LINK_DECLARED"),
    ],
)
def test_a_delegation_that_could_not_hold_is_refused_with_its_reason(
    office: Office, asked: dict[str, Any], why: str
) -> None:
    delegate(office, last=9)
    declare(office, THIRD)
    assert reason(lambda: delegate(office, **asked)) == why
    assert len(office.rows("SELECT 1 FROM delegation")) == 1


def test_a_delegate_who_is_away_on_these_days_is_refused(office: Office) -> None:
    office.receive(appointed("sg-two", RECENTLY))
    assert office.schedule("sg-two").current_manager == OTHER
    wanted = WantedDelegation(
        SafeguarderId("sg-two"), SupportManagerId(THIRD), TODAY + 5 * DAY, TODAY + 6 * DAY, DelegationReason.ABSENCE
    )
    office.command(lambda context: cover.create_delegation(wanted, DelegationId("away"), OTHER, context))
    assert reason(lambda: delegate(office, first=0, last=5)) == "DELEGATE_AWAY"
    assert delegate(office, first=0, last=4).delegate == OTHER


@pytest.mark.parametrize(
    ("person", "role", "before"),
    [
        (EAST, "support_manager", "allocated"),
        (OTHER, "support_manager", "delegated"),
        ("team-one", "panel_team", "none"),
    ],
)
def test_a_declared_link_beats_every_other_relation_until_it_is_ended(
    office: Office, person: str, role: str, before: str
) -> None:
    delegate(office)
    assert relation(office, person, role=role)[0] == before
    link = declare(office, person, by="senior-one")
    assert relation(office, person, role=role) == ("linked", "")
    end_link(office, link)
    after = "none" if before == "delegated" else before
    assert relation(office, person, role=role)[0] == after, "a delegation that the link ended stays ended"
    assert reason(lambda: end_link(office, link)) == "LINK_ENDED"


def test_two_links_keep_a_person_out_until_both_are_ended(office: Office) -> None:
    first = declare(office, OTHER)
    assert reason(lambda: declare(office, OTHER)) == "LINK_DECLARED_ALREADY"
    end_link(office, first, EndReason.MISTAKE)
    second = declare(office, OTHER)
    assert relation(office, OTHER)[0] == "linked"
    end_link(office, second)
    assert relation(office, OTHER)[0] == "none"


@pytest.mark.parametrize(
    "caller",
    [
        Principal("team-again", "panel_team", accounts=frozenset({"team-one", "team-again"})),
        Principal("manager-again", "support_manager", accounts=frozenset({"team-one", "manager-again"})),
        Principal("reader", "report_reviewer", other_subject=ONE, accounts=frozenset({"reader", "person-one"})),
    ],
    ids=["another account", "of another role", "the Safeguarder's own"],
)
def test_a_link_keeps_every_account_of_a_person_out(office: Office, caller: Principal) -> None:
    """A7: somebody with two accounts would read the file by the other one."""
    declare(office, "team-one", by="senior-one")
    with office.database.read() as connection:
        assert relation_of(connection, caller, ONE, "support_manager", NOW).relation == "linked"
        assert not listed_subjects(connection, caller, "-", "support_manager", TODAY).holds(ONE)


@pytest.mark.parametrize("person", ["nobody", "also-sg-one"])
def test_only_a_member_of_staff_can_be_linked_and_nobody_with_themselves(office: Office, person: str) -> None:
    assert reason(lambda: declare(office, person)) == "NOT_STAFF"


def test_somebody_who_may_work_on_the_matters_is_left_in_each_role_that_sees_every_file(office: Office) -> None:
    """A child is not protected by a file that nobody may open."""
    declare(office, "team-one")
    assert reason(lambda: declare(office, "team-two")) == "NOBODY_LEFT"
    assert reason(lambda: declare(office, "senior-one")) == "NOBODY_LEFT"
    for manager in (EAST, OTHER, THIRD):
        declare(office, manager)


def test_the_team_owes_another_support_manager_while_a_link_keeps_the_current_one_out(office: Office) -> None:
    assert owed(office) == []
    declare(office, OTHER)
    assert owed(office) == [], "that one supports somebody else"
    declare(office, EAST)
    assert owed(office) == [("running", "2026-12-02")], "five working days, without St Andrew's Day"
    assert reason(lambda: allocate(office, OTHER)) == "LINK_DECLARED"
    allocate(office, THIRD)
    assert owed(office) == [("met", "2026-12-02")]
    assert office.rows("SELECT person FROM relation WHERE subject = 'sg-one'") == [(THIRD,)]


def test_nobody_is_owed_another_support_manager_once_the_link_is_ended(office: Office) -> None:
    link = declare(office, EAST)
    end_link(office, link, EndReason.MISTAKE)
    assert [state for state, _ in owed(office)] == ["ended"]
    again = declare(office, EAST)
    assert [state for state, _ in owed(office)] == ["ended", "running"], "another link is another duty"
    assert again.link_id != link.link_id


def test_no_support_manager_with_a_declared_link_is_chosen(tmp_path: Path) -> None:
    office = Office(tmp_path / "scheduling.db", Team(north_1="north"))
    office.receive(appointed(ONE, RECENTLY))
    assert office.schedule(ONE).current_manager is None, "nobody of the east"
    office.team.members |= {"east_1": "east", "east_2": "east"}
    declare(office, "east_1")
    office.clock.instant += DAY
    office.daily_run.run()
    assert office.schedule(ONE).current_manager == "east_2"
    office.close()
