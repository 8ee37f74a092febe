"""Each alert fires on its fault, is quiet on a good day, and links to a page that helps (reliability E-5)."""

import re
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from services.platform.telemetry import metrics
from tests.architecture.source import ROOT
from tests.telemetry.declared import COUNTERS, GAUGES
from tests.telemetry.promtool import promtool

FOLDER = ROOT / "deploy" / "observability"
RULES = sorted((FOLDER / "rules").glob("*.yaml"))
GROUPS: list[dict[str, Any]] = [group for file in RULES for group in yaml.safe_load(file.read_text())["groups"]]
ALERTS: list[dict[str, Any]] = [rule for group in GROUPS for rule in group["rules"] if "alert" in rule]
NAMES = sorted({rule["alert"] for rule in ALERTS})
JOBS = ("psmf-evidence", "psmf-rules", "psmf-scheduling", "psmf-notifications")


class Case(NamedTuple):
    """Series of a bad and a good day over `hours`, one sample a minute. `severity` selects among alerts of one name."""

    firing: dict[str, str]
    quiet: dict[str, str]
    severity: str = "page"
    hours: int = 1


def one(series: str, bad: str, good: str = "0x60", severity: str = "page") -> Case:
    return Case({series: bad}, {series: good}, severity)


def burns(allowed: float, good: str, *, bad: str = "", whole: str = "") -> list[Case]:
    """Return cases of a missed objective: suddenly and completely, and for days by seven times and twice the limit."""
    sudden = round(1200 * allowed)  # minutes: enough to show in the last hour, but not in the last six
    missed: tuple[tuple[str, list[float]], ...] = (
        ("page", [0.0] * (420 - sudden) + [1.0] * sudden),
        ("page", [7 * allowed] * 420),
        ("ticket", [2 * allowed] * 420),
    )
    quiet = counted([allowed / 10] * 420, good, bad, whole)
    return [Case(counted(shares, good, bad, whole), quiet, severity, 7) for severity, shares in missed]


def counted(shares: list[float], good: str, bad: str, whole: str) -> dict[str, str]:
    """Return counters with 100 events per minute, of which a share is bad."""
    failed = list(accumulate(100 * share for share in shares))
    seen = [100.0 * minute for minute in range(1, len(shares) + 1)]
    counters = {good: [one - other for one, other in zip(seen, failed, strict=True)], bad: failed, whole: seen}
    return {series: " ".join(f"{value:g}" for value in values) for series, values in counters.items() if series}


TO_ALERT = (
    'psmf_evidence_to_alert_duration_seconds_bucket{le="30.0"}',
    "psmf_evidence_to_alert_duration_seconds_count",
)
HANDED_OVER = (
    'psmf_notification_handover_duration_seconds_bucket{le="900.0",outcome="sent"}',
    'psmf_notification_handover_duration_seconds_count{outcome="sent"}',
)
FAULT, CALLS = 'rpc_server_call_duration_seconds_count{error_type="INTERNAL"}', "rpc_server_call_duration_seconds_count"
LEDGER = {
    'psmf_facts_accepted{job="psmf-evidence"}': "9x60",
    'psmf_facts_dead{job="psmf-rules"}': "1x60",
    'psmf_outbox_position{job="psmf-evidence"}': "12x60",
    'psmf_inbox_position{job="psmf-rules",source="evidence"}': "10x60",
}
RECEIVED = 'psmf_facts_received{job="psmf-rules"}'
BUILD = {f'psmf_build_info{{job="{job}",version="1"}}': "1x60" for job in JOBS}

IDENTICAL = 'psmf_replays_total{outcome="identical"}'
CASES: dict[str, list[Case]] = {
    "PsmfEvidenceToAlertSlow": burns(0.01, TO_ALERT[0], whole=TO_ALERT[1]),
    "PsmfHandoverSlow": burns(0.01, HANDED_OVER[0], whole=HANDED_OVER[1]),
    "PsmfCallsFail": burns(0.005, CALLS, bad=FAULT),
    "PsmfOutboxOld": [
        one('psmf_outbox_oldest_unsent_age_seconds{job="psmf-rules",reader="evidence"}', "61x60", "59x60")
    ],
    "PsmfUnprocessedOld": [
        one('psmf_inbox_oldest_unprocessed_age_seconds{job="psmf-rules",source="evidence"}', "61x60", "59x60")
    ],
    "PsmfSourceAway": [one('psmf_inbox_connected{job="psmf-rules",source="evidence"}', "0x60", "1x60")],
    "PsmfStorageRefuses": [one('psmf_storage_writable{job="psmf-rules"}', "1x30 0x30", "1x60")],
    "PsmfDeadLetters": [one('psmf_dead_letters{job="psmf-rules"}', "0x30 1x30")],
    "PsmfEvaluationsWaiting": [one('psmf_oldest_wait_age_seconds{job="psmf-rules"}', "0+60x60", "59x60")],
    "PsmfEvaluationsHeld": [one('psmf_evaluations_held{job="psmf-rules"}', "0x30 1x30")],
    "PsmfEnginesDisagree": [one("psmf_engine_disagreements_total", "0x40 1x20", "1x60")],
    "PsmfReplayDiffers": [
        one('psmf_replays_total{outcome="different"}', "0x40 1x20", "0x60"),
        Case({'psmf_replays_total{outcome="rulebook_missing"}': "0x40 3x20"}, {IDENTICAL: "0x30 900x30"}),
    ],
    "PsmfEngineUnavailable": [one("psmf_engine_unavailable_total", "0x40 1x20", "1x60")],
    "PsmfEngineRestarts": [one("psmf_engine_restarts_total", "0x30 5x30", "0x30 1x30", "ticket")],
    "PsmfClockStepped": [one('psmf_clock_steps_total{job="psmf-rules"}', "0x40 1x20", "1x60")],
    "PsmfRulebookRefused": [one("psmf_rulebook_faults", "0x30 1x30", severity="ticket")],
    "PsmfRulebookUntrusted": [one("psmf_rulebook_untrusted", "0x30 1x30")],
    "PsmfNotificationsWaiting": [one('psmf_oldest_wait_age_seconds{job="psmf-notifications"}', "0+60x60", "60x60")],
    "PsmfNotificationsFailed": [one("psmf_notifications_failed_total", "0x30 1x30", "1x60")],
    "PsmfLedgerUnbalanced": [
        Case(LEDGER | {RECEIVED: "5x60"}, LEDGER | {RECEIVED: "6x60"}, "ticket"),
        Case(LEDGER | {RECEIVED: "9x60"}, LEDGER | {RECEIVED: "8x60"}, "ticket"),
    ],
    "PsmfVersionsDiffer": [
        Case(BUILD | {'psmf_build_info{job="psmf-rules",version="2"}': "1x60"}, BUILD, "ticket"),
    ],
    "PsmfMetricsMissing": [Case(BUILD | {series: "1x30"}, BUILD) for series in BUILD],
}  # fmt: skip


def test_every_alert_is_tried_out() -> None:
    tried = {(name, case.severity) for name, cases in CASES.items() for case in cases}
    assert tried == {(rule["alert"], rule["labels"]["severity"]) for rule in ALERTS}


LIKE_IT = ("PsmfHandoverSlow", "PsmfCallsFail")
"""Alerts that are made like PsmfEvidenceToAlertSlow. Each takes three seconds, so `make long` tries them."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] * (name in LIKE_IT)) for name in NAMES])
def test_an_alert_fires_on_what_it_is_for_and_is_quiet_on_a_good_day(name: str, tmp_path: Path) -> None:
    tests = []
    for case in CASES[name]:
        alert = f'ALERTS{{alertname="{name}",alertstate="firing",severity="{case.severity}"}}'
        for series, expected in ((case.firing, 1), (case.quiet, 0)):
            tests.append(
                {
                    "interval": "1m",
                    "input_series": [{"series": key, "values": values} for key, values in series.items()],
                    "promql_expr_test": [
                        {
                            "expr": f"count({alert}) or vector(0)",
                            "eval_time": f"{case.hours}h",
                            "exp_samples": [{"labels": "{}", "value": expected}],
                        }
                    ],
                }
            )
    ran = run_tests(tmp_path, tests, only(name, tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def only(name: str, folder: Path) -> Path:
    """Write the rules of an alert and those it is computed from. Of all rules, promtool would compute every minute."""
    groups = [
        {"name": group["name"], "rules": [rule for rule in group["rules"] if rule.get("alert", name) == name]}
        for group in GROUPS
        if any(rule.get("alert") == name for rule in group["rules"])
    ]
    file = folder / "only.yaml"
    file.write_text(yaml.safe_dump({"groups": groups}))
    return file


def test_an_alert_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    expected = {
        "exp_labels": {"severity": "page", "job": "psmf-rules"},
        "exp_annotations": {
            "summary": "psmf-rules has set events aside",
            "description": "2 events are dead letters. Later events about these people wait; nobody else is affected.",
            "runbook_url": "https://docs.example.invalid/runbooks/PsmfDeadLetters.md",
            "dashboard_url": "https://grafana.example.invalid/d/psmf-pipeline",
        },
    }
    config = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    test = {
        "interval": "1m",
        "external_labels": config["global"]["external_labels"],
        "input_series": [{"series": 'psmf_dead_letters{job="psmf-rules"}', "values": "2x5"}],
        "alert_rule_test": [{"eval_time": "5m", "alertname": "PsmfDeadLetters", "exp_alerts": [expected]}],
    }
    ran = run_tests(tmp_path, [test])
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_rule_that_does_not_fire_is_found(tmp_path: Path) -> None:
    """Without this, the tests above could pass with any rules."""
    never = {
        "interval": "1m",
        "input_series": [{"series": "psmf_dead_letters", "values": "0x5"}],
        "alert_rule_test": [{"eval_time": "5m", "alertname": "PsmfDeadLetters", "exp_alerts": [{"exp_labels": {}}]}],
    }
    assert run_tests(tmp_path, [never]).returncode != 0


def run_tests(folder: Path, tests: list[dict[str, Any]], *files: Path) -> Any:
    file = folder / "tests.yaml"
    file.write_text(yaml.safe_dump({"rule_files": [str(rules) for rules in files or RULES], "tests": tests}))
    return promtool("test", "rules", str(file))


def test_prometheus_accepts_configuration_and_rules() -> None:
    checked = promtool("check", "config", "--lint=all", str(FOLDER / "prometheus.yml"))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: f"{rule['alert']} {rule['labels']['severity']}")
def test_an_alert_leads_to_its_runbook_and_a_dashboard(rule: dict[str, Any]) -> None:
    notes = rule["annotations"]
    assert notes.keys() == {"summary", "description", "runbook_url", "dashboard_url"}
    assert notes["runbook_url"] == f"{{{{ $externalLabels.runbooks }}}}/{rule['alert']}.md"
    assert (ROOT / "docs" / "runbooks" / f"{rule['alert']}.md").exists()
    board = notes["dashboard_url"].removeprefix("{{ $externalLabels.dashboards }}/")
    assert (FOLDER / "dashboards" / f"{board}.json").exists()


def test_alerts_look_at_measures_that_there_are() -> None:
    counters = {f"{name.replace('.', '_')}_total" for name in COUNTERS}
    known = {prometheus_name(gauge) for gauge in GAUGES} | counters
    used = {name for rule in ALERTS for name in re.findall(r"\bpsmf_\w+", rule["expr"])}
    assert used <= known


def prometheus_name(gauge: metrics.Gauge) -> str:
    """Return a gauge's name in Prometheus' text format."""
    units = {"s": "_seconds", "By": "_bytes"}
    name = gauge.name.replace(".", "_") + units.get(gauge.unit, "")
    return name + ("_total" if gauge.rises else "")
