"""Numbers at the command line: their history, and a change that is looked at before it is handed in."""

import json

from tests.suite import LoadedSuite


def test_a_number_is_read_with_its_history_and_a_change_of_it_is_looked_at_first(suite: LoadedSuite) -> None:
    """Takes more than ten seconds on a busy machine, because a change is checked by all its examples."""
    shown = suite.psmf("rules", "numbers", "late_reports_line").stdout
    assert "Late reports that call for an offer of support: 1 to 10 reports" in shown
    assert "from 1 January 2026  2 reports, ours, not official: One late report can happen to anyone" in shown
    change = ("late_reports_line", "--from", "2035-04-01", "--value", "3", "--why", "Asked", "--cites", "Minute 14")
    said = suite.psmf("rules", "change", *change, "--dry-run", "--as", "policy-editor").stdout
    assert "2 → 3 reports from 1 April 2035 (Asked; Minute 14; ours, not official)" in said
    assert "report-late: example added: it stays clear from 1 April 2035" in said
    revisions = json.loads(suite.psmf("rules", "revisions", "--json", "--as", "policy-editor").stdout)["items"]
    assert "Asked" not in [one.get("reason") for one in revisions], "nothing is kept"
