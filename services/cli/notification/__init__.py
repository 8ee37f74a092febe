"""`psmf notification`: the messages that people were sent. An e-mail says that there is something, and never what."""
