"""Alerts for the people who should look at a matter, and messages that say there is something to read.

The service owns alerts, their suppression and notifications. It answers what waits for whom, most urgent first, and
what was sent. It publishes that alerts were opened, acknowledged and resolved. It reads concerns and deferred
evaluations from rules, and allocations from scheduling. A message never says what it is about. A manager is never told
before the Safeguarder concerned. The service never closes a concern.
"""
