"""`psmf rules numbers`, `change`, `examine`, `send-back` and `simulations`: one number changed, without files."""
