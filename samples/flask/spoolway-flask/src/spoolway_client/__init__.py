"""A client for Spoolway without Flask: drops requests, and reads status, results and logs.

    spool = Spool("/var/spool/spoolway/notes", origin="web")
    id = spool.drop("update", requested_by="Ann")
    print(spool.wait(id, timeout=600).state)
"""

from spoolway_client.errors import (
    DiskFull,
    InboxMissing,
    InboxNotWritable,
    InvalidArgument,
    Malformed,
    NoOutcomeYet,
    ReadOnlyFileSystem,
    RequestTooLarge,
    SpoolError,
    StatusMissing,
    TooLarge,
    Unreadable,
)
from spoolway_client.log import LogPart
from spoolway_client.published import Results
from spoolway_client.request import is_id, is_version, time_of_id
from spoolway_client.result import Change, Expected, Failure, Order, Owner, Result, Step
from spoolway_client.spool import Spool
from spoolway_client.status import (
    Available,
    Broken,
    Health,
    Last,
    Notifications,
    Origin,
    Past,
    Release,
    Room,
    Runner,
    Running,
    Snapshot,
    Status,
    Trouble,
    Unserved,
    Watch,
)

__all__ = [
    "Available",
    "Broken",
    "Change",
    "DiskFull",
    "Expected",
    "Failure",
    "Health",
    "InboxMissing",
    "InboxNotWritable",
    "InvalidArgument",
    "Last",
    "LogPart",
    "Malformed",
    "NoOutcomeYet",
    "Notifications",
    "Order",
    "Origin",
    "Owner",
    "Past",
    "ReadOnlyFileSystem",
    "Release",
    "RequestTooLarge",
    "Result",
    "Results",
    "Room",
    "Runner",
    "Running",
    "Snapshot",
    "Spool",
    "SpoolError",
    "Status",
    "StatusMissing",
    "Step",
    "TooLarge",
    "Trouble",
    "Unreadable",
    "Unserved",
    "Watch",
    "is_id",
    "is_version",
    "time_of_id",
]
