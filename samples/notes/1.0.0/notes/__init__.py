"""Short notes on one page."""

__version__ = "1.0.0"
