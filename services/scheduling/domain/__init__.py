"""The rules of scheduling, in plain Python.

- `allocation`: the support manager of each Safeguarder, with history.
- `obligations`: what is owed in each twelve months, on `clocks` that run, pause and stop. `policy` holds the numbers.
- `sessions`: one support session, its `agenda` and its possible dates (`session_dates`). `diary` holds all sessions of
  one Safeguarder. `proposals` chooses the dates of a year.
- `schedule`: everything scheduling keeps about one Safeguarder. `concerns`: what a concern changes in it.
- `sessions.records`: what the record of a session changes. `sessions.changes`: what is published of a session.
- `attendance`: who was there. `events`: what is published.

Functions take the time, the ids and the policy as arguments. They return new values and the events to publish.
"""
