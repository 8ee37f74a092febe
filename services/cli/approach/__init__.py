"""`psmf approach`: how the Team works with a Safeguarder on a concern, what it expects, and why."""
