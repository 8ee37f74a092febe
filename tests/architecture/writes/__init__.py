"""What every command has: the writes of the contracts, one by one."""
