"""The console: web pages over the public methods of the services, with the caller's own token and nothing more."""
