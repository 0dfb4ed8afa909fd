package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real git repository with tags, untouched by the user's own git settings. */
public final class Repository {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_AUTHOR_NAME", "Ada",
          "GIT_AUTHOR_EMAIL", "ada@example.org",
          "GIT_COMMITTER_NAME", "Ada",
          "GIT_COMMITTER_EMAIL", "ada@example.org");

  private final Path directory;

  /** An empty one. */
  public Repository(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("init", "--quiet", "--initial-branch=main");
  }

  /** Where its git directory lies. */
  Path gitDirectory() {
    return directory.resolve(".git");
  }

  /** Its address. */
  public String url() {
    return gitDirectory()
        .toUri()
        .toString()
        .replaceFirst("/$", "")
        .replaceFirst("^file:/+", "file:///");
  }

  /** Runs git in it. */
  public String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Program.run(directory, ENVIRONMENT, command).outOfSuccess().strip();
  }

  /** Commits exactly these files, the scripts among them executable, and tags the commit. */
  public void release(String version, Map<String, String> files) {
    try {
      git("rm", "-r", "-q", "--ignore-unmatch", ".");
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        if (file.getValue().startsWith("#!")) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "Release " + version);
    git("tag", "--annotate", "--message", "What is new in " + version, "v" + version);
  }
}
