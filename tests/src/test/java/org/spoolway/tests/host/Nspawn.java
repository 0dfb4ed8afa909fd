package org.spoolway.tests.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.tests.Until;

/** The systemd-nspawn of one boot, and the systemd that it has started. */
final class Nspawn {

  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Process process;
  private final Path console;
  private final long init;

  private Nspawn(Process process, Path console) {
    this.process = process;
    this.console = console;
    this.init = Until.found("an init of the container", this::findInit);
  }

  /** Starts one, and waits until its systemd has begun. */
  static Nspawn start(Slot slot, Disk disk, Path console, Path program) {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                slot.name(),
                disk.root().toString(),
                slot.cgroups().list().toString())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
    try {
      return new Nspawn(builder.start(), console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Long> findInit() {
    assertAlive();
    return process.children().map(ProcessHandle::pid).filter(Nspawn::isInit).findFirst();
  }

  /**
   * Whether a process is the first one of its namespace and has become a systemd. Before that it
   * sees the files of this machine, where no command meant for the container must run.
   */
  private static boolean isInit(long pid) {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
      return status.contains("Name:\tsystemd")
          && status.stream().anyMatch(line -> line.matches("NSpid:\t\\d+\t1"));
    } catch (IOException ended) {
      return false;
    }
  }

  /** The pid of the container's systemd on this machine. */
  long init() {
    return init;
  }

  /** A command line that runs a command in the container. */
  List<String> inside(List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init)));
    all.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--"));
    all.addAll(List.of("env", "--ignore-environment", PATH, "HOME=/root", "LANG=C.UTF-8"));
    all.addAll(command);
    return all;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void assertAlive() {
    if (!isAlive()) {
      throw new AssertionError("the container has ended:\n" + console());
    }
  }

  /** What it said on its console, over all boots. */
  String console() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    Until.isTrue("the end of the container", () -> !isAlive());
  }
}
