"""Who may do what: Cedar policies in files, deny by default, forbid beats permit (docs/decisions/0006)."""

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from cedarpy import Decision, PolicySet, is_authorized, validate_policies

from services.platform.calls.identity import Principal
from services.platform.calls.method_rules import MethodPolicy
from services.refusals import Kind, Refusal

SHARED_POLICIES = Path(__file__).parents[1] / "access.cedar"
_ACTION = re.compile(r'Action::"(\w+)"')


class Access:
    """The policies of one service, checked against its methods when it starts."""

    def __init__(self, policy_file: Path, methods: Mapping[str, MethodPolicy]) -> None:
        policies = SHARED_POLICIES.read_text() + policy_file.read_text()
        _check(policies, {rules.method for rules in methods.values()})
        self._policies = PolicySet.from_str(policies)
        self._decide = functools.lru_cache(maxsize=10_000)(self._evaluate)

    def permits(self, principal: Principal, rules: MethodPolicy, relation: str) -> bool:
        """Whether the caller, standing so to the record, may call the method. Cached: it depends on nothing else."""
        return self._decide(principal.role, rules.method, relation, rules.data_class)

    def require(self, principal: Principal, rules: MethodPolicy, relation: str) -> None:
        """Raises Refusal NOT_ALLOWED, worded alike whether or not the record exists: existence is confidential."""
        if not self.permits(principal, rules, relation):
            raise Refusal(
                Kind.NOT_ALLOWED,
                "NOT_ALLOWED",
                "Your role does not allow this for this record. Ask the person who manages access if you need it.",
                metadata={"method": rules.method},
            )

    def _evaluate(self, role: str, method: str, relation: str, data_class: str) -> bool:
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
        return is_authorized(request, self._policies, json.dumps(entities)).decision == Decision.Allow


def schema(methods: set[str]) -> str:
    """The Cedar schema of a service: its callers, records and methods."""
    actions = ", ".join(f'"{method}"' for method in sorted(methods))
    return (
        "entity Caller { role: String };\nentity Record { relation: String, data_class: String };\n"
        f"action {actions} appliesTo {{ principal: Caller, resource: Record }};\n"
    )


def _check(policies: str, methods: set[str]) -> None:
    """ValueError when a method has no policy, a policy names no method, or the policies do not fit the schema."""
    named = set(_ACTION.findall(policies))
    if methods - named:
        raise ValueError(f"methods without an access policy: {sorted(methods - named)}")
    if named - methods:
        raise ValueError(f"access policies for unknown methods: {sorted(named - methods)}")
    result = validate_policies(policies, schema(methods))
    if not result.validation_passed:
        raise ValueError(f"access policies do not fit: {[str(error) for error in result.errors]}")
