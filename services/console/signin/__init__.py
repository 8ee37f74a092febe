"""Who the reader is: the sealed cookie, the token for calls, and the demo's own way to sign in."""
