"""The dashboards match tools/dashboards.py, and Prometheus can parse each of their queries."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.telemetry.declared import COUNTERS, GAUGES
from tests.telemetry.promtool import promtool
from tests.telemetry.test_alert_rules import RULES, prometheus_name
from tools.dashboards import BOARDS, FOLDER, Board, text_of

EVERY_BOARD = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
HISTOGRAMS = {
    "rpc_server_call_duration_seconds",
    "psmf_evidence_to_alert_duration_seconds",
    "psmf_notification_handover_duration_seconds",
}


def queries(board: Board) -> Iterator[str]:
    """Yield every query of a committed dashboard."""
    made: dict[str, Any] = json.loads((FOLDER / f"{board.uid}.json").read_text())
    for panel in made["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"]


def parse(expressions: list[str], folder: Path) -> Any:
    """Let promtool check queries, each wrapped in a rule. Grafana's own variables are filled in first."""
    filled = [text.replace("$__rate_interval", "5m").replace("$job", "psmf-rules") for text in expressions]
    rules = [{"record": f"panel:{place}", "expr": text} for place, text in enumerate(filled)]
    file = folder / "panels.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    return promtool("check", "rules", str(file))


@EVERY_BOARD
def test_a_dashboard_is_what_the_program_says(board: Board) -> None:
    assert (FOLDER / f"{board.uid}.json").read_text() == text_of(board), "python -m tools.dashboards"


@EVERY_BOARD
def test_prometheus_reads_every_query(board: Board, tmp_path: Path) -> None:
    checked = parse(list(queries(board)), tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_query_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    assert parse(["sum(rate(psmf_dead_letters[5m])"], tmp_path).returncode != 0


@EVERY_BOARD
def test_a_dashboard_shows_measures_that_there_are(board: Board) -> None:
    recorded = {
        rule["record"]
        for file in RULES
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    histograms = {f"{name}_{part}" for name in HISTOGRAMS for part in ("bucket", "count")}
    counters = {f"{name.replace('.', '_')}_total" for name in COUNTERS}
    known = {prometheus_name(gauge) for gauge in GAUGES} | recorded | histograms | counters
    used = {name for text in queries(board) for name in re.findall(r"\b(?:psmf|rpc_server)[_:][\w:]+", text)}
    assert used
    assert used <= known


def test_there_are_four_dashboards_and_no_others() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == {board.uid for board in BOARDS}
    assert FOLDER.is_relative_to(ROOT)
    assert len(BOARDS) == 4
