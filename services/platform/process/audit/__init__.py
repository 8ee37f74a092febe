"""The audit log as a service shows and keeps it: its rows, its check, and checkpoints told to others."""
