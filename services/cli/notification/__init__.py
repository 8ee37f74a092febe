"""`psmf notification`: the messages that people were sent. They say that there is something to read, never what."""
