"""Access: who may call what, by Cedar policies in files. Deny by default, forbid beats permit (docs/decisions/0006)."""

import functools
import json
import re
from collections.abc import Callable, Mapping, Set
from pathlib import Path

from cedarpy import Decision, PolicySet, is_authorized, validate_policies

from services.platform.calls.identity import Principal
from services.platform.calls.method_rules import MethodPolicy
from services.refusals import Kind, Refusal

SHARED_POLICIES = Path(__file__).parents[1] / "access.cedar"
_ACTION = re.compile(r'Action::"(\w+)"')


class Access:
    """The policies of one service, checked against its methods at its start."""

    def __init__(self, policy_file: Path, methods: Mapping[str, MethodPolicy]) -> None:
        policies = SHARED_POLICIES.read_text() + policy_file.read_text()
        _check(policies, frozenset(rules.method for rules in methods.values()))
        self._methods = list(methods.values())
        self._decide = _decisions(policies)

    def permits(self, principal: Principal, rules: MethodPolicy, relation: str) -> bool:
        """Return whether a caller with this relation to the record may call the method."""
        return self._decide(principal.role, rules.method, relation, rules.data_class)

    def permitted(self, principal: Principal, relation: str) -> list[str]:
        """Return the methods that a caller with this relation to a record may call, in order of name."""
        return sorted(rules.method for rules in self._methods if self.permits(principal, rules, relation))

    def require(self, principal: Principal, rules: MethodPolicy, relation: str) -> None:
        """Refuse a caller who may not call the method.

        Raises:
            Refusal: NOT_ALLOWED, in the same words whether or not the record exists, because existence is confidential.
        """
        if not self.permits(principal, rules, relation):
            raise not_allowed(rules)


@functools.cache
def _decisions(policies: str) -> Callable[[str, str, str, str], bool]:
    """Return what decides by policies: may a role call a method with a relation to a record of a data class?

    Policies cannot change while a service runs. There are far fewer different calls than the limit.
    """
    return functools.lru_cache(maxsize=10_000)(functools.partial(_evaluate, PolicySet.from_str(policies)))


def _evaluate(policies: PolicySet, role: str, method: str, relation: str, data_class: str) -> bool:
    entities = [
        {"uid": {"type": "Caller", "id": "caller"}, "attrs": {"role": role}, "parents": []},
        {
            "uid": {"type": "Record", "id": "record"},
            "attrs": {"relation": relation, "data_class": data_class},
            "parents": [],
        },
    ]
    request = {
        "principal": 'Caller::"caller"',
        "action": f'Action::"{method}"',
        "resource": 'Record::"record"',
        "context": {},
    }
    return is_authorized(request, policies, json.dumps(entities)).decision == Decision.Allow


def not_allowed(rules: MethodPolicy) -> Refusal:
    """Return the refusal of a caller who may not call a method about a record."""
    message = "Your role does not allow this for this record. Ask the person who manages access if you need it."
    return Refusal(Kind.NOT_ALLOWED, "NOT_ALLOWED", message, metadata={"method": rules.method})


def schema(methods: Set[str]) -> str:
    """Return the Cedar schema of a service: its callers, records and methods."""
    actions = ", ".join(f'"{method}"' for method in sorted(methods))
    return (
        "entity Caller { role: String };\nentity Record { relation: String, data_class: String };\n"
        f"action {actions} appliesTo {{ principal: Caller, resource: Record }};\n"
    )


@functools.cache
def _check(policies: str, methods: frozenset[str]) -> None:
    """Check that policies and methods fit each other.

    Raises:
        ValueError: a method has no policy, a policy names an unknown method, or the policies do not fit the schema.
    """
    named = set(_ACTION.findall(policies))
    if methods - named:
        raise ValueError(f"methods without an access policy: {sorted(methods - named)}")
    if named - methods:
        raise ValueError(f"access policies for unknown methods: {sorted(named - methods)}")
    result = validate_policies(policies, schema(methods))
    if not result.validation_passed:
        raise ValueError(f"access policies do not fit: {[str(error) for error in result.errors]}")
