package org.spoolway.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as the distribution installs it, and the account that it runs as.
 *
 * @param directory of the newest release's programs
 * @param account null for this process's own; root's tests take another, as PostgreSQL wants it
 */
record PostgresPrograms(Path directory, @Nullable String account) {

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String PACKAGE_ACCOUNT = "postgres";
  private static final long PATIENCE_SECONDS = 300;

  /** What is here, or why it cannot be used. */
  record Search(Optional<PostgresPrograms> found, String obstacle) {}

  static Search search() {
    Optional<Path> directory = newest();
    if (directory.isEmpty()) {
      return new Search(Optional.empty(), "no server is installed in " + INSTALLED);
    }
    if (!isRoot()) {
      return new Search(directory.map(it -> new PostgresPrograms(it, null)), "");
    }
    if (!isAccount(PACKAGE_ACCOUNT)) {
      return new Search(Optional.empty(), "there is no account " + PACKAGE_ACCOUNT);
    }
    return new Search(directory.map(it -> new PostgresPrograms(it, PACKAGE_ACCOUNT)), "");
  }

  private static Optional<Path> newest() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> releases = Files.list(INSTALLED)) {
      return releases
          .filter(release -> release.getFileName().toString().matches("[0-9]+"))
          .filter(release -> Files.isExecutable(release.resolve("bin/postgres")))
          .max(Comparator.comparing(release -> Integer.valueOf(release.getFileName().toString())))
          .map(release -> release.resolve("bin"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAccount(String name) {
    try {
      Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      return true;
    } catch (UserPrincipalNotFoundException none) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The role that may do everything: that of the account, as on a host. */
  String superuser() {
    return account != null ? account : System.getProperty("user.name");
  }

  /**
   * A directory of the account's that everybody may pass. Its path is short: that of a socket may
   * have 107 bytes.
   */
  Path scratch() {
    try {
      Path made = Files.createTempDirectory("pg");
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (account != null) {
        Files.setOwner(
            made,
            made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program of PostgreSQL's, to run as the account. It gets none of this process's variables. */
  ProcessBuilder command(Path workingDirectory, String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(directory.resolve(program).toString());
    line.addAll(arguments);
    return asAccount(workingDirectory, line);
  }

  private ProcessBuilder asAccount(Path workingDirectory, List<String> command) {
    List<String> line = new ArrayList<>();
    if (account != null) {
      line.addAll(
          List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--init-groups", "--"));
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(workingDirectory.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                directory + ":/usr/bin:/bin",
                "HOME",
                workingDirectory.toString(),
                "LC_ALL",
                "C.UTF-8"));
    return builder;
  }

  /** Copies a directory as the account, which is to own the copy. */
  void copy(Path from, Path to) {
    output(
        asAccount(
            to.getParent(), List.of("cp", "-a", "--reflink=auto", from.toString(), to.toString())),
        "");
  }

  /** Runs a program that has to end well, and tells what it wrote to its standard output. */
  static String output(ProcessBuilder builder, String input) {
    try {
      Path in = Files.writeString(Files.createTempFile("spoolway-in", null), input);
      Path out = Files.createTempFile("spoolway-out", null);
      Path err = Files.createTempFile("spoolway-err", null);
      int exit =
          await(
              builder
                  .redirectInput(in.toFile())
                  .redirectOutput(out.toFile())
                  .redirectError(err.toFile())
                  .start(),
              builder.command());
      String printed = Files.readString(out);
      String complaints = Files.readString(err);
      for (Path file : List.of(in, out, err)) {
        Files.delete(file);
      }
      if (exit != 0) {
        throw new AssertionError(builder.command() + ": exit " + exit + "\n" + complaints);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int await(Process process, List<String> command) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " has not ended after " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }
}
