"""What a Flask application that Spoolway updates embeds: its update page, and what belongs to it.

SpoolwayUpdates(app, spool="/var/spool/spoolway/notes", authorize=is_admin)
Maintenance(app, file="/opt/notes/maintenance", allow=("/health",))
GitHubWebhook(app, spool="/var/spool/spoolway/notes", secret=read_secret)
"""

from spoolway_flask.github import GitHubWebhook
from spoolway_flask.maintenance import Maintenance
from spoolway_flask.updates import SpoolwayUpdates

__all__ = ["GitHubWebhook", "Maintenance", "SpoolwayUpdates"]
