"""The four services in one process, with the faults that a seed selects (reliability Q3): docs/simulation.md."""
