"""The exception for failures that the table shows."""


class Broken(Exception):
    """A check failed. The message is for people."""
