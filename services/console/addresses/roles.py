"""The roles that may open pages, by what they do."""

STAFF = frozenset({"support_manager", "senior_manager", "panel_team"})
SAFEGUARDER = frozenset({"safeguarder"})
SEES_FIGURES = frozenset({"panel_team", "senior_manager", "official", "data_lead", "auditor"})
SEES_ACCESSES = frozenset({"data_lead", "panel_team", "senior_manager", "support_manager"})
"""Roles that see who opened a file in an emergency. A support manager sees their own, and those to their people."""
OPENS_FILES = frozenset({"support_manager"})
ENDS_ACCESSES = OPENS_FILES | {"data_lead"}
"""Roles that close an emergency access: the person who opened the file closes it, and the data lead any."""
RECORDS = frozenset({"support_manager", "panel_team"})
"""Roles that record evidence about others."""
EDITOR, POLICY = frozenset({"policy_editor"}), frozenset({"policy_editor", "policy_approver"})
READS_CHANGES = POLICY | {"auditor"}
WRITES = frozenset({"support_manager"})
"""The role that writes records of sessions."""
TEAM = frozenset({"panel_team"})
SENIORS = frozenset({"senior_manager", "panel_team"})
RECORDERS = frozenset({"decision_recorder"})
