"""Rules over a person's evidence, in plain Python. Software raises concerns (or praise); it never decides.

Each floor imports only the floors below it. From the ground up:

- `closed_lists`: every word of the contract and of the rule files; `facts`: what is known of a person;
- `rulebook`: standards, parameters, measures, rules, KPIs, and how one revision replaces another;
- `evidence`: which items count, and how they become whole numbers;
- `evaluation`: the answers of all rules about one person on one day, why, and the record of it;
- `concerns`: what people do with a concern; `workbench`: what policy staff use to check a rulebook;
- `kpis`: key performance indicators; `forecasts`: what another rulebook would have answered.
"""
