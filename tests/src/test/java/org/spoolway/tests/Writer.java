package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody without any privilege who may write to one inbox, and his snippets of Python. Where the
 * tests are not root they play him themselves.
 */
final class Writer {

  /** Whether there can be a second user at all. */
  static final boolean PRIVILEGED = System.getProperty("user.name").equals("root");

  private static final Path ANYWHERE = Path.of("/");

  private final String user;
  private final Path inbox;
  private final Path outputs;
  private final Map<String, String> environment;
  private int acts;

  /**
   * @param outputs a directory for what his snippets print
   * @param environment variables that his snippets see
   */
  Writer(String user, Path inbox, Path outputs, Map<String, String> environment) {
    this.user = user;
    this.inbox = inbox;
    this.outputs = outputs;
    this.environment = environment;
  }

  /** The name of a user without a home; there is one from now on, in this group. */
  static String user(String name, String group) {
    if (!PRIVILEGED) {
      return System.getProperty("user.name");
    }
    List<String> add = new ArrayList<>(List.of("useradd", "--system", "--no-create-home"));
    add.addAll(name.equals(group) ? List.of("--user-group") : List.of("--gid", group));
    add.addAll(List.of("--shell", "/usr/sbin/nologin", name));
    if (!exists(name)) {
      Program.Ended added = Program.run(ANYWHERE, Map.of(), add);
      // Another test may have been quicker.
      Until.isTrue("there being a user " + name + ": " + added.err(), () -> exists(name));
    }
    return name;
  }

  private static boolean exists(String name) {
    return Program.run(ANYWHERE, Map.of(), List.of("id", name)).exit() == 0;
  }

  /** Who he is. */
  String name() {
    return user;
  }

  /** Runs a snippet to its end, which has to be a good one. */
  void does(String snippet) {
    try (Act act = begin(snippet)) {
      Until.isTrue("the end of\n" + snippet, act::isOver);
    }
  }

  /** Starts a snippet and waits until it has ended or says that it is ready to go on. */
  Act begin(String snippet) {
    List<String> command = new ArrayList<>();
    if (PRIVILEGED) {
      command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups"));
    }
    command.addAll(List.of("python3", "-I", "-S", "-c", prelude() + "\n\n" + snippet));
    Path out = outputs.resolve("act-" + acts + ".out");
    Path err = outputs.resolve("act-" + acts++ + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(inbox.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // Nothing of root's own: what it has in PATH, he may not be able to reach.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Act act = new Act(process, out, err);
      Until.isTrue("the act being ready:\n" + snippet, () -> act.isOver() || act.isReady());
      return act;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String prelude() {
    try (var in = Writer.class.getResourceAsStream("/hostile/writer.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A snippet that was started; closing it ends it. */
  static final class Act implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private Act(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    private boolean isReady() throws IOException {
      return Files.readAllLines(out).contains("ready");
    }

    /** Whether it has ended, which has to be a good end. */
    boolean isOver() throws IOException {
      if (!process.isAlive() && process.exitValue() != 0) {
        throw new AssertionError("exit " + process.exitValue() + "\n" + Files.readString(err));
      }
      return !process.isAlive();
    }

    /** What it has put into the inbox, as it was then. */
    List<Entry> entries() {
      try (var lines = Files.lines(out)) {
        return lines.filter(line -> line.startsWith("{")).map(Json::parse).map(Entry::of).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      Until.isTrue("the act being ended", () -> !process.isAlive());
    }
  }
}
