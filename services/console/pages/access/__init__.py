"""Pages on emergency accesses."""
