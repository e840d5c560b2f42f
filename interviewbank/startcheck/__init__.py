"""What the server refuses to start with outside local mode, each cause named.

Registered as a deployment check, so that `manage.py check --deploy` tells the same beforehand.
"""
