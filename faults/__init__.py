"""Faults against the real suite: processes killed, brokers gone, disks full, and a checker of what was promised."""
