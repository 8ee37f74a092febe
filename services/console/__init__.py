"""The console: web pages over the public methods of the services, with the caller's own token and nothing more.

People who give feedback by a link have none. For them it calls three methods as itself (calls/feedback/desk.py).
"""
