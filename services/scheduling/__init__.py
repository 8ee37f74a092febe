"""Scheduling: who supports whom, what is owed in the year, and when support sessions take place.

Owns allocations of support managers, the year's obligations and their clocks, support sessions with their agendas, and
attendance. Answers who a person's support manager is, what is due, and what the next session is about. Publishes
psmf.scheduling.v1 events. Listens to appointments and endings (evidence) and to concerns (rules). Never judges absence:
a person says whether it is excused, and a lapse of the Team is never put down to the Safeguarder.
"""
