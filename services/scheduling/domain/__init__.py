"""Scheduling's own words, in plain Python.

- `allocation`: the support manager of each Safeguarder, with history.
- `obligations`: what is owed in each twelve months, on `clocks` that run, pause and stop.
- `sessions`: the life of one support session; `agenda`: what it is about; `session_dates`: when it could be.
- `diary`: one Safeguarder's sessions together; `proposals`: the year's dates; `concerns`: what a concern changes.
- `attendance`: who was there. `events`: what happened. `policy`: the numbers, with their reasons in data/policy.yaml.

Functions take the instant, the ids and the policy as arguments; they return new values and the events to publish.
"""
