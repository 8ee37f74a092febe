"""Reviews of actions: what a talk about actions found, and what follows from it."""
