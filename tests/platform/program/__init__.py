"""Programs: how a process reads its settings before it serves."""
