"""What the page says of steps, outcomes and errors, for people who never see a shell.

The tables hold English messages, which are their own keys for translators; ``said`` marks them for
the extraction.
"""

from __future__ import annotations

from dataclasses import dataclass

from spoolway_client import Result
from spoolway_flask.language import Language


def said(message: str) -> str:
    return message


STEPS = {
    "preflight": said("Look whether anything is in the way"),
    "resolve": said("Find the version"),
    "fetch": said("Fetch it"),
    "verify": said("Check who made it"),
    "build": said("Build it"),
    "link": said("Connect settings and uploads"),
    "seal": said("Protect it from changes"),
    "check": said("Check that it is complete"),
    "rehearse": said("Rehearse on a copy of the data"),
    "stage": said("Get the older data ready"),
    "maintenance-on": said("Show visitors that the site is closed"),
    "stop": said("Stop the application"),
    "snapshot": said("Copy the data"),
    "initialise": said("Set the data up"),
    "migrate": said("Change the data to the new form"),
    "restore": said("Put the earlier data back"),
    "configure": said("Exchange what belongs to it on the server"),
    "swap": said("Switch over"),
    "start": said("Start the application"),
    "gate": said("Wait until it answers well"),
    "maintenance-off": said("Let visitors in again"),
    "retire": said("End the old process"),
    "bake": said("Watch it for a while"),
    "settle": said("Keep it for good"),
    "contract": said("Clear away what only the old version needed"),
    "prune": said("Remove what need not be kept any more"),
    "notify": said("Tell those who want to know"),
}

STEP_STATES = {
    "planned": said("to do"),
    "running": said("under way"),
    "done": said("done"),
    "skipped": said("not needed"),
    "failed": said("failed"),
    "undoing": said("being put back"),
    "undone": said("put back"),
}

ACTIONS = {
    "check": said("Look for new versions"),
    "update": said("Update"),
    "rollback": said("Go back"),
    "restart": said("Restart"),
    "backup": said("Copy of the data"),
    "restore": said("Put data back"),
    "prune": said("Tidy up"),
    "cancel": said("Cancel"),
    "hotfix": said("Hot fix"),
    "modules": said("Modules"),
}

SNAPSHOTS = {
    "update": said("before an update"),
    "rollback": said("before going back"),
    "restore": said("before data were put back"),
    "backup": said("asked for"),
    "replaced": said("what was taken away when going back"),
}

STATES = {
    "queued": said("waiting"),
    "running": said("under way"),
    "succeeded": said("done"),
    "unchanged": said("nothing to do"),
    "planned": said("planned"),
    "rolled_back": said("put back"),
    "failed": said("failed"),
    "rejected": said("not accepted"),
    "cancelled": said("cancelled"),
    "expired": said("too late"),
    "needs_intervention": said("needs somebody"),
}

# What a page shows in green, in grey, in amber and in red.
TONES = {
    "succeeded": "good",
    "unchanged": "calm",
    "planned": "calm",
    "queued": "calm",
    "running": "busy",
    "cancelled": "calm",
    "expired": "calm",
    "rolled_back": "wary",
    "failed": "wary",
    "rejected": "wary",
    "needs_intervention": "bad",
}

TITLES = {
    ("update", "queued"): said("The update to %(to)s waits for its turn"),
    ("update", "running"): said("Updating to %(to)s"),
    ("update", "succeeded"): said("Updated to %(to)s"),
    ("update", "unchanged"): said("%(to)s was running already"),
    ("update", "rolled_back"): said("The update to %(to)s did not work and was put back"),
    ("update", "failed"): said("The update to %(to)s could not be made"),
    ("update", "cancelled"): said("The update to %(to)s was cancelled"),
    ("update", "expired"): said("The update to %(to)s came too late"),
    ("update", "rejected"): said("The update was not accepted"),
    ("update", "needs_intervention"): said("The update to %(to)s needs somebody at the server"),
    ("rollback", "queued"): said("Going back to %(to)s waits for its turn"),
    ("rollback", "running"): said("Going back to %(to)s"),
    ("rollback", "succeeded"): said("Went back to %(to)s"),
    ("rollback", "unchanged"): said("%(to)s was running already"),
    ("rollback", "rolled_back"): said("Going back to %(to)s did not work; all is as before"),
    ("rollback", "failed"): said("Could not go back to %(to)s"),
    ("rollback", "cancelled"): said("Going back to %(to)s was cancelled"),
    ("rollback", "expired"): said("Going back to %(to)s came too late"),
    ("rollback", "rejected"): said("Going back was not accepted"),
    ("rollback", "needs_intervention"): said("Going back to %(to)s needs somebody at the server"),
}

LEADS = {
    "queued": said("It begins by itself. You can leave this page."),
    "running": said("You can leave this page; it goes on by itself."),
    "unchanged": said("There was nothing to do."),
    "rolled_back": said(
        "Version %(from)s runs again, with all data as they were. Nothing was lost."
    ),
    "failed": said("It ended before anybody could notice. Nothing has changed."),
    "cancelled": said("Nothing has changed."),
    "expired": said("It was not begun any more. Nothing has changed."),
    "rejected": said("Nothing has changed."),
    "needs_intervention": said(
        "This cannot be put right from here. Send what is below to whoever looks after the server."
    ),
}

# Reasons in plain words; what the runner itself says of them is shown too, for whoever can use it.
REASONS = {
    "REQUEST_MALFORMED": said(
        "The request was not understood. This page and the updater do not fit."
    ),
    "REQUEST_UNREADABLE": said("The updater may not read what this application left for it."),
    "ID_TAKEN": said("The same request was made before with another content."),
    "TOO_MANY_HELD": said("Too many requests wait for their time already."),
    "ACTION_NOT_ALLOWED": said("This application may not ask for that on this server."),
    "OWNER_NOT_ALLOWED": said(
        "The server does not know the account that this application runs as."
    ),
    "ACTION_NOT_SUPPORTED": said("The updater cannot do that yet."),
    "EXPIRED": said("Its time had passed before its turn came."),
    "CANCELLED": said("Somebody cancelled it."),
    "CANCEL_TOO_LATE": said("It was too far on to be cancelled."),
    "REQUEST_UNKNOWN": said("There is no such request any more."),
    "PLAN_CHANGED": said(
        "Something has changed since you looked at the plan."
        " Look at the new one, then confirm again."
    ),
    "CONFIGURATION": said("The settings of the updater on this server have a mistake."),
    "SOURCE_UNREACHABLE": said("The place where new versions are published could not be reached."),
    "SOURCE_EMPTY": said("Where new versions are published, there is none yet."),
    "SOURCE_CHANGED": said("The version was changed while it was being fetched."),
    "SOURCE_UNUSABLE": said("The version holds something that cannot be installed."),
    "SIGNATURE_REFUSED": said(
        "The version is not signed by the people who make this application. It was not installed."
    ),
    "TAG_MOVED": said(
        "The version is not the one any more that it was. It was not installed."
        " Ask the people who make this application."
    ),
    "CHANNEL_REFUSED": said(
        "What is said of new versions is not by the people who make this application, or is older"
        " than what was known. Nothing was installed."
    ),
    "CHANNEL_EXPIRED": said(
        "What is said of new versions is too old to be relied on. Ask the people who make this"
        " application."
    ),
    "VERSION_UNKNOWN": said("There is no such version."),
    "DOWNGRADE_REFUSED": said("An update only goes forward, and this version is older."),
    "VERSION_NOT_OFFERED": said("This version is not offered for this server."),
    "NOTHING_TO_GO_BACK_TO": said("There is no earlier version here to go back to."),
    "ROLLBACK_WOULD_LOSE": said(
        "Something was written since the update. Going back would take that away."
    ),
    "SCHEMA_MISMATCH": said("The earlier version cannot work with the data as they are now."),
    "NOT_INSTALLED": said("No version is installed yet."),
    "ROOT_NOT_WRITABLE": said("The updater may not write where the application lies."),
    "DISK_FULL": said("There is not enough room on the server."),
    "SHARED_MISSING": said("A settings file or a directory that the application needs is missing."),
    "BUILD_FAILED": said("The new version could not be built."),
    "BUILD_TIMED_OUT": said("Building the new version took too long."),
    "RELEASE_DAMAGED": said("Files of the version were changed on this server."),
    "PENDING_CHECK_FAILED": said("The new version could not say whether it must change the data."),
    "MIGRATION_REFUSED": said(
        "The new version wants to change the data in a way that does not fit."
    ),
    "SNAPSHOT_FAILED": said("The data could not be copied, and nothing is risked without a copy."),
    "SNAPSHOT_UNKNOWN": said("There is no such copy of the data."),
    "MIGRATION_FAILED": said("The new version could not change the data to its form."),
    "MIGRATION_TIMED_OUT": said("Changing the data took too long."),
    "HOST_FILE_REFUSED": said("The new version wants more of the server than it may have."),
    "CONFIGURE_FAILED": said("What the new version needs on the server could not be set up."),
    "SERVICE_START_FAILED": said("The new version did not start."),
    "SERVICE_STOP_FAILED": said("The application could not be stopped."),
    "SERVICE_DIED": said("The new version ended unasked."),
    "GATE_FAILED": said("The new version started, but did not answer as it should."),
    "INTERRUPTED": said("It was cut short, for instance by a power failure."),
    "TOO_MANY_ATTEMPTS": said("It was cut short again and again."),
    "UNDO_FAILED": said("It could not be put back completely."),
    "UNDO_PENDING": said("Something earlier must be put right first."),
    "STORAGE_FAILED": said("The server's disk has a fault."),
    "INTERNAL": said("This is a fault of the updater itself."),
}


@dataclass(frozen=True)
class Words:
    """The tables in one language. What is unknown, as from a newer runner, is shown as it came."""

    language: Language

    def step(self, name: str | None) -> str:
        return self._of(STEPS, name)

    def all_steps(self) -> list[tuple[str, str]]:
        """All that are known, in their order."""
        return [(name, self.step(name)) for name in STEPS]

    def snapshot(self, reason: str | None) -> str:
        """Why a copy of the data was made."""
        return self._of(SNAPSHOTS, reason)

    def step_state(self, state: str | None, is_over: bool = False) -> str:
        """What a step is at; what was to be done by a request that is over was not reached."""
        if is_over and state == "planned":
            return self.language.text("not reached")
        return self._of(STEP_STATES, state)

    def action(self, action: str | None) -> str:
        return self._of(ACTIONS, action)

    def state(self, state: str | None) -> str:
        return self._of(STATES, state)

    def tone(self, state: str | None) -> str:
        return TONES.get(state or "", "calm")

    def reason(self, code: str | None) -> str:
        """The reason in plain words; empty for a code that this page does not know."""
        return self._of(REASONS, code) if code in REASONS else ""

    def title(self, result: Result) -> str:
        message = TITLES.get((result.action or "", result.state or ""))
        if message is None or ("%(to)s" in message and result.to is None):
            return f"{self.action(result.action)}: {self.state(result.state)}"
        return self.language.text(message, **({"to": result.to} if result.to else {}))

    def lead(self, result: Result) -> str:
        if result.state == "rolled_back" and result.from_ is None:
            return self.language.text("Nothing was installed. All is as before.")
        message = LEADS.get(result.state or "", "")
        return self.language.text(message, **{"from": result.from_}) if message else ""

    def _of(self, table: dict[str, str], name: str | None) -> str:
        return self.language.text(table[name]) if name in table else name or ""
