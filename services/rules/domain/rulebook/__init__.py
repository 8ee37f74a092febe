"""The rulebook as data: standards, parameters, measures, rules, KPIs, and how one revision replaces another."""
