package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A scratch host below one directory, for {@code --home}. As an extension it is fresh for each
 * test, stops what the test has started and sees that nothing is left; of a failed test it prints
 * what the runner said.
 */
public final class Home implements BeforeEachCallback, AfterEachCallback {

  private Path directory;
  private final List<Runner> runners = new ArrayList<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    open();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName());
      printLog();
    }
    close();
  }

  /** Prints what the runners said. */
  public void printLog() {
    if (Files.exists(runnerLog())) {
      System.err.println("the runner said\n" + read(runnerLog()));
    }
  }

  /** Makes the directory. */
  public void open() {
    try {
      directory = Files.createTempDirectory("spoolway-test-").toRealPath();
      // A database server's account has to reach what it writes out.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      Files.createDirectories(deployments());
      Files.createDirectories(directory.resolve("markers"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops runners and applications, sees that nothing of them is left, and removes the directory.
   */
  public void close() {
    stopRunners();
    stopServices();
    try {
      Until.isTrue(
          "no process of " + directory + " being left", () -> Processes.of(directory).isEmpty());
    } finally {
      List<Long> left = Processes.of(directory);
      left.forEach(pid -> System.err.println("left behind: " + Processes.describe(pid)));
      left.forEach(Processes::kill);
      Trees.delete(directory);
    }
  }

  /** Kills the applications. */
  void stopServices() {
    servicePids().forEach(Processes::kill);
  }

  private List<Long> servicePids() {
    List<Long> pids = new ArrayList<>();
    try (var files = Files.newDirectoryStream(deployments(), "*.toml")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceFirst("\\.toml$", "");
        Json.read(state(name).resolve("service.json"))
            .map(record -> record.path("pid").asLong())
            .filter(pid -> Processes.of(directory).contains(pid))
            .ifPresent(pids::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pids;
  }

  /** Where it lies. */
  public Path path() {
    return directory;
  }

  private Path deployments() {
    return directory.resolve("etc/deployments");
  }

  /** The runner's own state of a deployment. */
  Path state(String deployment) {
    return directory.resolve("lib").resolve(deployment);
  }

  /** Whether something is left of requests that were taken in. A claim goes once it is a job. */
  boolean hasOpenRequests(String deployment) {
    return !spool(deployment).list("processing").isEmpty()
        || !Spool.entries(state(deployment).resolve("journals")).isEmpty();
  }

  private Path runnerLog() {
    return directory.resolve("runner.log");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a deployment file. */
  public void deployment(String name, String toml) {
    try {
      Files.writeString(deployments().resolve(name + ".toml"), toml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A deployment's queue, as the operator sees it. */
  public Spool spool(String deployment) {
    return spool(deployment, "operator");
  }

  /** A deployment's queue, as an origin sees it. */
  public Spool spool(String deployment, String origin) {
    return new Spool(directory.resolve("spool").resolve(deployment), origin);
  }

  /** A marker that scripts of the application write, or wait for. */
  Path marker(String name) {
    return directory.resolve("markers").resolve(name);
  }

  /** Runs a command to its end. */
  public Program.Ended spoolway(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(Image.program().toString(), "--home", directory.toString()));
    command.addAll(List.of(arguments));
    return Program.run(directory, Map.of("NO_COLOR", "1"), command);
  }

  /** Starts a runner for these deployments, or for all, and waits until it serves them. */
  Runner run(String... deployments) {
    List<String> command =
        new ArrayList<>(List.of(Image.program().toString(), "--home", directory.toString(), "run"));
    command.addAll(List.of(deployments));
    Runner runner = start(Map.of(), command);
    awaitServing(runner, deployments);
    return runner;
  }

  /**
   * Asks the runners to end, and waits for that.
   *
   * @return the worst of their exit codes
   */
  public int stopRunners() {
    int worst = runners.stream().filter(Runner::isAlive).mapToInt(Runner::stop).max().orElse(0);
    runners.clear();
    return worst;
  }

  /** Kills the runners with SIGKILL. */
  void killRunners() {
    runners.forEach(Runner::kill);
    runners.clear();
  }

  /** Has a runner do all that there is to do, and tells its exit code. */
  int drain() {
    String program = Image.program().toString();
    List<String> command = List.of(program, "--home", directory.toString(), "run", "--drain");
    return start(Map.of(), command).awaitEnd();
  }

  /** Starts a runner in a way of one's own. */
  public Runner start(Map<String, String> environment, List<String> command) {
    Runner runner = Runner.start(runnerLog(), environment, command);
    runners.add(runner);
    return runner;
  }

  /** Waits until the status of these deployments, or of all, says that this runner works them. */
  public void awaitServing(Runner runner, String... deployments) {
    Until.isTrue(
        "the runner serving",
        () -> {
          if (!runner.isAlive()) {
            throw new AssertionError("the runner has ended:\n" + runner.log());
          }
          List<String> names = deployments.length == 0 ? spools() : List.of(deployments);
          return !names.isEmpty() && names.stream().allMatch(name -> isServed(name, runner.pid()));
        });
  }

  private List<String> spools() throws IOException {
    Path spools = directory.resolve("spool");
    if (!Files.isDirectory(spools)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(spools)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }

  private boolean isServed(String deployment, long pid) {
    try {
      return Json.read(directory.resolve("spool").resolve(deployment).resolve("status.json"))
          .filter(status -> status.path("runner").path("pid").asLong() == pid)
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
