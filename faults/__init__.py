"""Faults against the real suite (killed processes, lost brokers, full disks) and a checker of its promises."""
