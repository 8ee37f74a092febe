"""The addresses of the console, by area: where a page stands, and which roles may open it."""
