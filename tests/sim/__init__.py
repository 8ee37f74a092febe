"""The four services in one process, under every fault a seed can bring (reliability Q3): docs/simulation.md."""
