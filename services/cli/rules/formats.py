"""Findings in rule files for other programs: SARIF 2.1.0 for code hosts, JUnit for whatever runs the tests."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from services.rules.adapters.rule_files.folder import Places
from services.rules.adapters.rule_files.strict_yaml import Fault
from services.rules.domain.workbench.examples import ExampleResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warn": "warning"}


def sarif(faults: Sequence[Fault], version: str) -> dict[str, Any]:
    """The faults as one run of a SARIF 2.1.0 log, with places relative to the folder."""
    codes = sorted({fault.code for fault in faults})
    driver = {"name": "psmf rules check", "version": version, "rules": [{"id": code} for code in codes]}
    results = [
        {
            "ruleId": fault.code,
            "ruleIndex": codes.index(fault.code),
            "level": _LEVELS[fault.severity],
            "message": {"text": fault.message},
            "locations": [{"physicalLocation": _place(fault)}],
        }
        for fault in faults
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _place(fault: Fault) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": fault.file},
        "region": {"startLine": fault.line, "startColumn": fault.column},
    }


def junit(results: Sequence[ExampleResult], places: Places) -> str:
    """The results as JUnit's XML: a suite for each rule, a case for each example."""
    by_rule: dict[str, list[ExampleResult]] = {}
    for result in results:
        by_rule.setdefault(result.rule_id, []).append(result)
    failed = sum(not result.holds for result in results)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="psmf rules test" tests="{len(results)}" failures="{failed}">')
    for rule_id, found in by_rule.items():
        lines += _suite(rule_id, found, places.of(rule_id).split(":")[0])
    return "\n".join([*lines, "</testsuites>"])


def _suite(rule_id: str, results: Sequence[ExampleResult], file: str) -> list[str]:
    failed = sum(not result.holds for result in results)
    lines = [f'  <testsuite name={quoteattr(rule_id)} tests="{len(results)}" failures="{failed}">']
    for result in results:
        named = f"classname={quoteattr(rule_id)} name={quoteattr(f'it {result.title}')} file={quoteattr(file)}"
        if result.holds:
            lines.append(f"    <testcase {named}/>")
        else:
            lines.append(f"    <testcase {named}><failure message={quoteattr(result.problem)}/></testcase>")
    return [*lines, "  </testsuite>"]
