"""`psmf need`: name a development need, and end one."""
