package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A repository that the real git makes. */
final class TestRepository {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_AUTHOR_NAME", "maker",
          "GIT_AUTHOR_EMAIL", "maker@example.org",
          "GIT_COMMITTER_NAME", "maker",
          "GIT_COMMITTER_EMAIL", "maker@example.org",
          "LC_ALL", "C");

  private final Path directory;

  private TestRepository(Path directory) {
    this.directory = directory;
  }

  /** Makes an empty one. */
  static TestRepository create(Path directory) throws IOException {
    Files.createDirectories(directory);
    TestRepository repository = new TestRepository(directory);
    repository.git("init", "-q", "-b", "main", ".");
    return repository;
  }

  /** One that exists. */
  static TestRepository at(Path directory) {
    return new TestRepository(directory);
  }

  Path directory() {
    return directory;
  }

  String url() {
    return "file://" + directory;
  }

  Path path(String name) {
    return directory.resolve(RawName.path(name.getBytes(StandardCharsets.UTF_8)));
  }

  TestRepository write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  TestRepository write(String name, byte[] content) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.write(path(name), content);
    return this;
  }

  TestRepository executable(String name, String content) throws IOException {
    write(name, content);
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  TestRepository link(String name, String target) throws IOException {
    Files.createSymbolicLink(path(name), Path.of(target));
    return this;
  }

  /** Adds another repository at a path, under an address that need not be the one it is at. */
  TestRepository submodule(String path, TestRepository other, String url) throws IOException {
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.url(), path);
    git("config", "-f", ".gitmodules", "submodule." + path + ".url", url);
    return this;
  }

  /** Commits everything. */
  String commit(String message) throws IOException {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  }

  /** Commits everything and puts a lightweight tag there. */
  TestRepository release(String tag) throws IOException {
    commit("release " + tag);
    git("tag", "-f", tag);
    return this;
  }

  /** Commits a tree as it is, which may be one that git would not check out, and tags it. */
  void releaseTree(String tag, String tree) throws IOException {
    git("tag", tag, git("commit-tree", "-m", "release " + tag, tree));
  }

  /** Writes a tree with one entry, without any check. */
  String rawTree(String mode, byte[] name, String object) throws IOException {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    tree.writeBytes((mode + " ").getBytes(StandardCharsets.US_ASCII));
    tree.writeBytes(name);
    tree.write(0);
    tree.writeBytes(HexFormat.of().parseHex(object));
    return rawObject("tree", tree.toByteArray());
  }

  /** Writes an object, without any check. */
  String rawObject(String type, byte[] content) throws IOException {
    return run(content, "git", "hash-object", "-t", type, "-w", "--literally", "--stdin");
  }

  String blob(String content) throws IOException {
    return rawObject("blob", content.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs git in here and gives what it prints, without the last line break. */
  String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(new byte[0], command.toArray(new String[0]));
  }

  private String run(byte[] input, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(ENVIRONMENT);
    Process process = builder.redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.onExit().join().exitValue(), output);
    return output.stripTrailing();
  }
}
