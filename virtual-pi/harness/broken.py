"""The one exception that is meant for the table."""


class Broken(Exception):
    """Something is not as it must be. The message is for people."""
