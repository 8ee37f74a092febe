"""`psmf ops`: the state of the services, for operators."""
