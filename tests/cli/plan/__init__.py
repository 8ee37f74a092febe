"""How the command line shows a development plan, and how people name what is in it."""
