package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Notes in a file of which nothing is known but the programs that copy it and put it back. */
final class CommandData implements ApplicationData {

  private static final String COPY =
      """
      #!/bin/sh
      # Copies the data, or writes down that there are none.
      set -eu
      data=$SPOOLWAY_SHARED/app.db
      if [ -e "$data" ]; then cat "$data" >app.db; else echo none >absent; fi
      echo "copied into $SPOOLWAY_SNAPSHOT"
      """;

  /** Half of the data are there when the marker {@code half} is. */
  private static final String RESTORE =
      """
      #!/bin/sh
      # Puts the data in place; waits half-way where a test asks for that.
      set -eu
      data=$SPOOLWAY_SHARED/app.db
      if [ -e absent ]; then rm -f "$data"; exit; fi
      head -c 1000 app.db >"$data"
      if [ -e '@MARKERS@/wait' ]; then
        : >'@MARKERS@/half'
        while [ -e '@MARKERS@/wait' ]; do sleep 0.05; done
      fi
      cat app.db >"$data"
      """;

  private static final String MARK =
      """
      #!/bin/sh
      cat "$SPOOLWAY_SHARED/app.db" 2>&1 | sha256sum
      """;
  private static final String SCHEMA =
      """
      #!/bin/sh
      set -eu
      data=$SPOOLWAY_SHARED/app.db
      if [ ! -e "$data" ]; then echo none; exit; fi
      sqlite3 -readonly "$data" .schema 'PRAGMA user_version'
      """;

  private final SqliteData file;
  private final Path programs;

  /** Makes the programs, outside of the application's root. */
  CommandData(Home home, String name) {
    this.file = new SqliteData(home.path().resolve("opt").resolve(name));
    this.programs = home.path().resolve("programs");
    try {
      Files.createDirectories(programs);
      write("copy", COPY);
      write("restore", RESTORE.replace("@MARKERS@", home.path().resolve("markers").toString()));
      write("mark", MARK);
      write("schema", SCHEMA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String script) throws IOException {
    Files.writeString(programs.resolve(name), script);
    Files.setPosixFilePermissions(
        programs.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Override
  public DeploymentFile describeIn(DeploymentFile described) {
    return described
        .set("database", "type", "\"command\"")
        .set("database", "snapshot", "[" + command("copy") + "]")
        .set("database", "restore", "[" + command("restore") + "]")
        .set("database", "timeout", "\"60s\"");
  }

  /** Tells a deployment file of the programs that say what was written, and in which form. */
  void tellIn(DeploymentFile described) {
    described.set("database", "mark", command("mark"));
    described.set("database", "schema", command("schema"));
  }

  private String command(String program) {
    return "[" + Json.quote(programs.resolve(program).toString()) + "]";
  }

  /** One of the programs. */
  Path program(String name) {
    return programs.resolve(name);
  }

  @Override
  public Release release() {
    return file.release();
  }

  @Override
  public String dump() {
    return file.dump();
  }

  @Override
  public String withNote(String dump, String text) {
    return file.withNote(dump, text);
  }

  @Override
  public List<String> strays(Path snapshots) {
    return file.strays(snapshots);
  }
}
