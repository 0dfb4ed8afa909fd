"""How long a PostgreSQL database takes to be copied and put back, next to pg_dump and pg_restore of the same data."""

from __future__ import annotations

import os
import pwd
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from host import Home, instant, wait_until
from idle import git
from table import tell

PROGRAMS = Path("/usr/lib/postgresql")
ROW = "repeat(md5(i::text || random()), 8)"  # 256 bytes that compress by half
ROWS_PER_MIB = 3_500


class Cluster:
    """A server of its own on a socket, with forced writes as in service."""

    def __init__(self) -> None:
        if not any(PROGRAMS.glob("*/bin/initdb")):
            raise SystemExit("cannot measure: there is no PostgreSQL\nFix: run tests/run once, which installs it")
        newest = max((path for path in PROGRAMS.glob("*/bin")), key=lambda path: int(path.parent.name))
        self.bin = newest
        self.account = "postgres" if os.geteuid() == 0 else None
        self.path = Path(tempfile.mkdtemp(prefix="spoolway-pg-"))
        if self.account:
            shutil.chown(self.path, self.account, self.account)
        self.path.chmod(0o755)
        self.run("initdb", "-D", str(self.path / "data"), "-A", "trust", "-E", "UTF8", "--locale=C")
        options = f"-c listen_addresses= -c unix_socket_directories={self.path} -c max_wal_size=8GB"
        line = [*self.become(), str(newest / "postgres"), "-D", str(self.path / "data"), *options.split()]
        self.log = (self.path / "log").open("ab")
        self.server = subprocess.Popen(line, stdout=self.log, stderr=self.log, cwd="/")
        ready = [*self.become(), str(newest / "pg_isready"), "-q", "-h", str(self.path)]
        wait_until("a server", lambda: subprocess.run(ready, cwd="/", check=False).returncode == 0)

    def become(self) -> list[str]:
        if not self.account:
            return []
        user = pwd.getpwnam(self.account)
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]

    def run(self, program: str, *arguments: str) -> str:
        line = [*self.become(), str(self.bin / program), *arguments]
        environment = {**os.environ, "PGHOST": str(self.path), "PGUSER": self.role()}
        return subprocess.run(line, env=environment, check=True, cwd="/", stdout=subprocess.PIPE, text=True).stdout

    def role(self) -> str:
        return self.account or pwd.getpwuid(os.geteuid()).pw_name

    def sql(self, database: str, text: str) -> str:
        return self.run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text).strip()

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()
        self.log.close()
        shutil.rmtree(self.path)


def measure(image: Path, sizes: list[int], times: int) -> None:
    cluster = Cluster()
    try:
        undos = [measure_size(image, cluster, mebibytes, times) for mebibytes in sizes]
    finally:
        cluster.close()
    tell("PostgreSQL: undo, the largest to the smallest", f"{undos[-1] / undos[0]:.2f}", "flat")


def measure_size(image: Path, cluster: Cluster, mebibytes: int, times: int) -> float:
    fill(cluster, mebibytes)
    bytes_ = int(cluster.sql("postgres", "SELECT pg_database_size('notes')"))
    what = f"PostgreSQL, {bytes_ >> 20:,} MiB"
    home = Home(image)
    try:
        copies, undos = updates(home, cluster, times)
    finally:
        home.remove()
    dumps, restores = zip(*(by_dump(cluster) for _ in range(times)))
    copy, undo = statistics.median(copies), statistics.median(undos)
    dump, restore = statistics.median(dumps), statistics.median(restores)
    tell(f"{what}: copy, and pg_dump -Fc", f"{copy:.2f} and {dump:.2f} s, ratio {copy / dump:.2f}")
    undone = f"{undo:.2f} and {restore:.2f} s, ratio {undo / restore:.3f}"
    tell(f"{what}: undo of a failed migration to its end, and pg_restore", undone, "< 1 s")
    return undo


def fill(cluster: Cluster, mebibytes: int) -> None:
    names = cluster.sql("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'notes%'")
    for name in names.split():
        cluster.sql("postgres", f'DROP DATABASE "{name}"')
    cluster.sql("postgres", "CREATE DATABASE notes")
    cluster.sql("notes", "CREATE TABLE note (id bigint, text text)")
    rows = mebibytes * ROWS_PER_MIB
    cluster.sql("notes", f"INSERT INTO note SELECT i, {ROW} FROM generate_series(1, {rows}) i")
    cluster.sql("notes", "ALTER TABLE note ADD PRIMARY KEY (id)")
    cluster.sql("notes", "VACUUM ANALYZE")
    cluster.sql("notes", "CHECKPOINT")


def updates(home: Home, cluster: Cluster, times: int) -> tuple[list[float], list[float]]:
    """Each fails in its migration once that has changed something."""
    spool = home.deployment("notes", deployment(home, cluster))
    home.start(spool)
    copies, undos = [], []
    try:
        spool.drop("first", action="update", params={"version": "1.0.0"})
        first = wait_until("an installation", lambda: spool.result("first"), 600)
        if first["state"] != "succeeded":
            raise SystemExit(f"cannot go on: {first}")
        for i in range(times):
            spool.drop(f"try-{i}", action="update", params={"version": "1.1.0"})
            result = wait_until("an end", lambda i=i: spool.result(f"try-{i}"), 600)
            if result["state"] != "rolled_back" or result["error"]["step"] != "migrate":
                raise SystemExit(f"cannot go on: {result}")
            steps = {step["name"]: step for step in result["steps"]}
            copies.append(steps["snapshot"]["millis"] / 1000)
            failed = instant(steps["migrate"]["startedAt"]) + steps["migrate"]["millis"] / 1000
            undos.append(instant(result["finishedAt"]) - failed)
    finally:
        home.stop()
    return copies, undos


def deployment(home: Home, cluster: Cluster) -> str:
    origin = home.path / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet")
    psql = " ".join([*cluster.become(), str(cluster.bin / "psql"), "-X", "-q", "-h", str(cluster.path)])
    for version, change in (("1.0.0", "true"), ("1.1.0", "false")):
        migrate = f"#!/bin/sh\ncd /; {psql} -U {cluster.role()} -d notes -c 'UPDATE note SET text = 0 WHERE id = 1'; {change}\n"
        (origin / "migrate").write_text(migrate, encoding="utf-8")
        (origin / "migrate").chmod(0o755)
        git(origin, "add", ".")
        git(origin, "commit", "--quiet", "--message", version)
        git(origin, "tag", f"v{version}")
    user = f'user = "{cluster.account}"\n' if cluster.account else ""
    return (
        f'name = "notes"\nroot = "{home.path}/opt/notes"\n[source]\ntype = "git"\nurl = "file://{origin}/.git"\n'
        f'[migrate]\nrun = [["./migrate"]]\n'
        f'[database]\ntype = "postgresql"\nname = "notes"\nhost = "{cluster.path}"\n'
        f'role = "{cluster.role()}"\nmethod = "copy"\n{user}'
    )


def by_dump(cluster: Cluster) -> tuple[float, float]:
    file = cluster.path / "dump"
    begun = time.monotonic()
    cluster.run("pg_dump", "-Fc", "-f", str(file), "-d", "notes")
    dumped = time.monotonic()
    cluster.run("createdb", "again")
    cluster.run("pg_restore", "--exit-on-error", "-d", "again", str(file))
    restored = time.monotonic()
    cluster.run("dropdb", "again")
    return dumped - begun, restored - dumped
