"""Technical code shared by the services.

It holds no word of the Framework, imports no service, and each module is used by two services or more.
"""
