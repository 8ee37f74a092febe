"""Alerts to the people who are to look, and messages that say there is something to read.

Owns: alerts, what silences them, notifications. Answers: what waits for whom, most urgent first, and what was sent.
Publishes: alerts opened, acknowledged, resolved. Listens to: concerns and held evaluations of rules, and allocations of
scheduling. Never does: say in a message what it is about, tell a manager before the person concerned, or close a
concern.
"""
