"""The update page of a Flask application that Spoolway updates.

SpoolwayUpdates(app, spool="/var/spool/spoolway/notes", authorize=is_admin)
"""

from spoolway_flask.updates import SpoolwayUpdates

__all__ = ["SpoolwayUpdates"]
