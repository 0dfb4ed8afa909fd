"""A deployment whose check has as little to do as can be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from host import Home, Spool


def git(directory: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.check_output(["git", "-C", str(directory), *identity, *arguments], env=environment, text=True)


def idle_deployment(home: Home) -> Spool:
    """One tag, nothing to serve."""
    origin = home.path / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet")
    (origin / "README").write_text("Nothing here\n", encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "Begin")
    git(origin, "tag", "v1.0.0")
    toml = f'name = "idle"\nroot = "{home.path}/opt/idle"\n[source]\ntype = "git"\nurl = "file://{origin}/.git"\n'
    return home.deployment("idle", toml)
