"""Scheduling: who supports whom, what is owed in the year, and when support sessions take place.

It owns the allocations of support managers, the year's obligations and their clocks, the support sessions with their
agendas, and attendance. It answers who a person's support manager is, what is due, and what the next session is about.
It publishes `psmf.scheduling.v1` events. It reads appointments and endings from evidence, and concerns from rules.
It never judges an absence: a person says whether it is excused. A failure of the Team never counts against the
Safeguarder.
"""
