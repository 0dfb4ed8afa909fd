"""What can go wrong between an application and its spool, and what to do about it."""

from __future__ import annotations


class SpoolError(Exception):
    """Something that people can put right.

    code: a stable upper-case word that programs branch on.
    message: what happened, as ``cannot <verb> <object>: <observed>``.
    fix: what to do about it.
    """

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(f"{message}. Fix: {fix}")
        self.code = code
        self.message = message
        self.fix = fix


class InvalidArgument(SpoolError):
    """No request can be made of what was given; nothing was written."""


class RequestTooLarge(SpoolError):
    """No runner would read the request; nothing was written."""


class InboxMissing(SpoolError):
    """There is no inbox for this origin; nothing was written."""


class InboxNotWritable(SpoolError):
    """This account may not drop into the inbox; nothing was written."""


class DiskFull(SpoolError):
    """There is no room for the request, or a quota is used up; nothing is left of it."""


class ReadOnlyFileSystem(SpoolError):
    """The file system of the inbox takes no writes at present."""


class StatusMissing(SpoolError):
    """No runner has written ``status.json`` yet, or the directory is not a spool."""


class Unreadable(SpoolError):
    """A file of the spool is there and cannot be read, or is no plain file."""


class Malformed(SpoolError):
    """A file of the spool is half-written, or not one JSON object."""


class TooLarge(SpoolError):
    """A file of the spool is larger than any that a runner writes."""


class NoOutcomeYet(SpoolError):
    """A request has not ended within the time that the caller was ready to wait."""
