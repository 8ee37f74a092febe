"""Review requests in the database, and what says who stands outside the chain of one."""
