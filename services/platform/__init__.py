"""Technical code shared by the services.

It holds no word of the Framework and imports no service. Two services or more use each module.
"""
