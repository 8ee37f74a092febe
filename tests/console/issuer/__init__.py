"""An OpenID Connect issuer of our own: a real process, with real keys, that can be told to answer wrongly."""
