"""`psmf action`: what is agreed or set to be done, with the words of both sides."""
