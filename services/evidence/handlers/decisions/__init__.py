"""Commands on recorded decisions of Scottish Ministers."""
