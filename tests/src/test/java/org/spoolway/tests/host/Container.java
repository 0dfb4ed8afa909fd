package org.spoolway.tests.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spoolway.tests.DebianPackage;
import org.spoolway.tests.Processes;
import org.spoolway.tests.Program;
import org.spoolway.tests.Until;

/**
 * A Debian host with its own systemd, disk and network, in a container. It begins as the shared
 * {@link Rootfs} and keeps what it changes until it is closed, through reboots and power cuts.
 *
 * <p>A power cut here ends every process of the host at once and lets none of them say goodbye, but
 * the kernel lives on with all that was written, forced to the disk or not. What a disk has lost is
 * shown by the tests on a {@link org.spoolway.tests.FaultyDisk}, and by those that look at what is
 * forced.
 */
final class Container implements AutoCloseable {

  private static final Path BOOT = Path.of("host/boot").toAbsolutePath();
  private static final Path DISKS = Path.of("target/hosts").toAbsolutePath();
  private static final Path SLASH = Path.of("/");
  private static final Set<String> BOOTED = Set.of("running", "degraded");
  private static final String JOURNAL_LINES = "200";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Slot slot = Slot.take();
  private final Disk disk = slot.disk(DISKS.resolve(slot.name()));
  private final Thread onExit = new Thread(slot::clear, "end of " + slot.name());
  private Nspawn nspawn;

  private Container() {}

  /** One that is not booted yet. It goes with this run, even when nobody closes it. */
  static Container create() {
    Container container = new Container();
    Runtime.getRuntime().addShutdownHook(container.onExit);
    return container;
  }

  /** Boots it, and waits until systemd has started all that it is to start. */
  Container boot() {
    nspawn = Nspawn.start(slot, disk, console(), BOOT);
    connect();
    Until.isTrue(slot.name() + " being booted", () -> BOOTED.contains(state()));
    return this;
  }

  private void connect() {
    List<String> inside = List.of("nsenter", "--net", "--target", Long.toString(nspawn.init()));
    configure(List.of(), slot.link(), slot.hostAddress());
    configure(inside, "host0", slot.address());
  }

  private static void configure(List<String> where, String link, String address) {
    for (List<String> arguments :
        List.of(
            List.of("ip", "address", "add", address + "/30", "dev", link),
            List.of("ip", "link", "set", link, "up"))) {
      List<String> command = new ArrayList<>(where);
      command.addAll(arguments);
      Program.run(SLASH, Map.of(), command).outOfSuccess();
    }
  }

  /**
   * What systemd says of itself, such as {@code running}, or {@code degraded} when a unit has
   * failed; waits for the end of the boot, unless systemd cannot be asked yet.
   */
  String state() {
    nspawn.assertAlive();
    return run("systemctl", "is-system-running", "--wait").out().strip();
  }

  /** Runs a command as root to its end. */
  Program.Ended run(String... command) {
    return run(List.of(command));
  }

  /** Runs a command as root to its end, in the root directory and with root's environment. */
  Program.Ended run(List<String> command) {
    return Program.run(SLASH, Map.of(), nspawn.inside(command));
  }

  /** Starts a command as root, whose output and errors are read by whoever started it. */
  Process start(String... command) {
    try {
      return new ProcessBuilder(nspawn.inside(List.of(command))).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command as a user of the container to its end. */
  Program.Ended as(String user, String... command) {
    List<String> all = new ArrayList<>(List.of("runuser", "--user", user, "--"));
    all.addAll(List.of(command));
    return run(all);
  }

  /**
   * A file of the container as this process can read and write it; what lies in {@code /run},
   * {@code /tmp} and {@code /dev} is not to be seen this way. Absolute links lead astray.
   */
  Path file(String path) {
    return disk.root().resolve(SLASH.relativize(Path.of(path)));
  }

  /** Copies a file or directory of this machine to where nothing is yet, for root. */
  void copyIn(Path from, String to) {
    Path target = file(to);
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program.output(
        SLASH,
        "cp",
        "--recursive",
        "--preserve=mode,links",
        "--no-target-directory",
        from.toString(),
        target.toString());
  }

  /** Installs the package that the build has made. */
  void installPackage() {
    copyIn(DebianPackage.built().file(), "/root/spoolway.deb");
    run("dpkg", "--install", "/root/spoolway.deb").outOfSuccess();
  }

  /** Its name among all containers of this machine. */
  String name() {
    return slot.name();
  }

  /** The address under which this machine reaches it. */
  String address() {
    return slot.address();
  }

  /** What a server on the container answers. */
  HttpResponse<String> get(int port, String path) throws IOException {
    URI address = URI.create("http://" + address() + ":" + port + path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends all of its processes at once. */
  void powerCut() {
    nspawn.assertAlive();
    Processes.kill(nspawn.init());
    awaitOff();
  }

  /** Has systemd stop everything in order, and boots again. */
  void reboot() {
    run("systemctl", "reboot").outOfSuccess();
    awaitOff();
    boot();
  }

  private void awaitOff() {
    nspawn.awaitEnd();
    slot.awaitNoLink();
  }

  /** Its processes, as this machine sees them. */
  List<Long> processes() {
    return slot.cgroups().pids();
  }

  /** The last lines of the journals of these units, or of everything; also when it is off. */
  String journal(String... units) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "journalctl",
                "--directory=" + file("/var/log/journal"),
                "--no-pager",
                "--quiet",
                "--lines=" + JOURNAL_LINES));
    for (String unit : units) {
      command.add("--unit=" + unit);
    }
    return Program.run(SLASH, Map.of(), command).all();
  }

  /** Its name, what has failed on it, and the end of its journal. */
  String report() {
    return String.join("\n", slot.name(), nspawn == null ? "was never booted" : whatItSays());
  }

  private String whatItSays() {
    String failed = nspawn.isAlive() ? run("systemctl", "--failed").all() : "is off\n";
    return failed + journal() + nspawn.console();
  }

  private Path console() {
    return disk.directory().resolve("console");
  }

  /** Ends it and removes all that it was. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    slot.clear();
    slot.close();
  }
}
