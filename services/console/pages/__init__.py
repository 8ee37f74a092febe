"""The pages: each gathers answers, builds a view and renders it. None decides anything about the domain."""
