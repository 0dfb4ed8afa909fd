"""The cases of a documentation group."""

__version__ = "1.0.0"
