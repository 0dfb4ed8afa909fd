package org.spoolway.host.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Commands;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;

/** Data that are one file, with small programs that copy it and put it back. */
final class CopiedFile {

  private static final String SNAPSHOT =
      """
      mkdir below
      if [ -e "$DATA" ]; then cat "$DATA" > below/present; else echo none > absent; fi
      """;
  private static final String RESTORE =
      """
      if [ -e absent ]; then rm -f "$DATA"; else cat below/present > "$DATA"; fi
      """;

  private final Path root;
  private Duration timeout = Duration.ofMinutes(1);
  private @Nullable String user;
  private boolean isTold = true;
  private UnaryOperator<Commands> commands = UnaryOperator.identity();

  /** Its programs lie in the application's root. */
  CopiedFile(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve("state"));
    program("snapshot", SNAPSHOT);
    program("restore", RESTORE);
    program("mark", "if [ -e \"$DATA\" ]; then cat \"$DATA\"; else echo none; fi");
    program("schema", "echo one");
    program("size", "if [ -e \"$DATA\" ]; then wc -c < \"$DATA\"; else echo 0; fi");
  }

  /** Where the data are. */
  Path file() {
    return root.resolve("data");
  }

  /** Writes one of the programs anew, as a shell script in which {@code $DATA} is the file. */
  CopiedFile program(String name, String script) throws IOException {
    Path program = root.resolve(name);
    Files.writeString(program, "#!/bin/sh\nset -e\nDATA='" + file() + "'\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  CopiedFile timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  CopiedFile user(String account) {
    user = account;
    return this;
  }

  /** Without the programs that tell what was written, in which form, and how much there is. */
  CopiedFile untold() {
    isTold = false;
    return this;
  }

  /** With something between the database and the programs. */
  CopiedFile through(UnaryOperator<Commands> decorator) {
    commands = decorator;
    return this;
  }

  CommandDatabase database() {
    CopyCommands copying =
        new CopyCommands(
            List.of(List.of("./snapshot")),
            List.of(List.of("./restore")),
            told("./mark"),
            told("./schema"),
            told("./size"),
            user,
            timeout);
    return new CommandDatabase(
        new CommandSettings(
            "notes",
            copying,
            SpoolLayout.application(root),
            new StateDir(root.resolve("state")),
            ""),
        commands.apply(new ProcessCommands()),
        new HostAccounts());
  }

  private List<String> told(String program) {
    return isTold ? List.of(program) : List.of();
  }

  /** Whether the tests are root's. */
  boolean isRoot() {
    return new HostAccounts().ownUid() == 0;
  }

  void write(String content) throws IOException {
    Files.writeString(file(), content);
  }

  @Nullable String read() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : null;
  }
}
