package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Processes;
import org.spoolway.tests.Program;
import org.spoolway.tests.Until;

/** The containers of the system tests are hosts, and leave nothing. */
class ContainerTest {

  @RegisterExtension final Hosts hosts = new Hosts();

  @Test
  void bootsASystemdWithoutAFailedUnit() {
    Container host = hosts.boot();

    assertEquals("running", host.state(), () -> host.run("systemctl", "--failed").all());
    assertEquals("systemd\n", host.run("cat", "/proc/1/comm").outOfSuccess());
    assertEquals(3, host.run("sh", "-c", "echo out; echo err >&2; exit 3").exit());
    assertEquals("www-data\n", host.as("www-data", "id", "-un").outOfSuccess());
    assertEquals("inactive\n", host.run("systemctl", "is-active", "caddy").out());
  }

  @Test
  void answersThisMachineUnderAnAddressOfItsOwn() throws IOException {
    Container host = hosts.boot();
    Files.writeString(Files.createDirectory(host.file("/srv/page")).resolve("index.html"), "hello");

    host.run(serve("page", "/srv/page")).outOfSuccess();

    Until.isTrue("an answer", () -> isAnswering(host));
    assertEquals("hello", host.get(8000, "/").body());
  }

  private static List<String> serve(String unit, String directory) {
    String python = "exec python3 -m http.server 8000 --directory " + directory;
    return List.of("systemd-run", "--quiet", "--unit=" + unit, "sh", "-c", python);
  }

  private static boolean isAnswering(Container host) {
    try {
      return host.get(8000, "/").statusCode() == 200;
    } catch (IOException nobody) {
      return false;
    }
  }

  @Test
  void stopsNothingOnAnotherHost() {
    Container one = hosts.boot();
    Container other = hosts.boot();
    for (Container host : List.of(one, other)) {
      host.run("systemd-run", "--quiet", "--unit=nap", "sleep", "infinity").outOfSuccess();
    }

    one.run("systemctl", "stop", "nap").outOfSuccess();

    assertNotEquals(one.address(), other.address());
    assertEquals(one.name(), one.run("hostname").out().strip());
    assertNotEquals(
        one.run("cat", "/etc/machine-id").out(), other.run("cat", "/etc/machine-id").out());
    assertEquals("active\n", other.run("systemctl", "is-active", "nap").out());
    one.powerCut();
    assertEquals("running", other.state());
  }

  @Test
  void enforcesTheLimitsOfAUnit() {
    Container host = hosts.boot();
    assumeLimits(host);

    String eater = "python3 -c 'bytearray(98 << 20)'; exit $?";
    assertEquals(0, limited(host, "MemoryMax=1G", eater).exit());
    assertEquals(137, limited(host, "MemoryMax=20M", eater).exit(), "the kernel kills it");
    assertEquals(0, limited(host, "TasksMax=3", "true | true").exit());
    assertNotEquals(0, limited(host, "TasksMax=3", "sleep 1 | sleep 1 | sleep 1 | true").exit());
  }

  /** Version 2 of cgroups hands its controllers down only where no processes sit beside. */
  static void assumeLimits(Container host) {
    String controllers =
        "test -e /sys/fs/cgroup/memory || grep memory /sys/fs/cgroup/cgroup.controllers";
    if (host.run("sh", "-c", controllers).exit() != 0) {
      System.out.println("skipped: limits of units: the host hands no memory controller down");
      Assumptions.abort("the host hands no memory controller down");
    }
  }

  private static Program.Ended limited(Container host, String limit, String script) {
    return host.run(
        List.of("systemd-run", "--quiet", "--wait", "--property=" + limit, "sh", "-c", script));
  }

  @Test
  void keepsItsDiskThroughAPowerCut() throws IOException {
    Container host = hosts.boot();
    host.run("sh", "-c", "echo kept > /root/kept; systemctl enable caddy").outOfSuccess();
    startWithLastWords(host);
    String boot = host.run("cat", "/proc/sys/kernel/random/boot_id").outOfSuccess();

    host.powerCut();
    host.boot();

    assertNotEquals(boot, host.run("cat", "/proc/sys/kernel/random/boot_id").outOfSuccess());
    assertEquals("kept\n", Files.readString(host.file("/root/kept")));
    assertEquals("active\n", host.run("systemctl", "is-active", "caddy").out());
    assertTrue(Files.notExists(host.file("/root/goodbye")), "nobody was told");
    assertTrue(host.journal("last").contains("Started last"), () -> host.journal("last"));
  }

  @Test
  void stopsItsUnitsInOrderBeforeItReboots() {
    Container host = hosts.boot();
    startWithLastWords(host);

    host.reboot();

    assertTrue(Files.exists(host.file("/root/goodbye")));
    assertEquals("running", host.state());
  }

  /**
   * Starts a unit that leaves a file when it is asked to end. It writes the file itself: systemd
   * asks all processes of a unit to end, also a command that the shell has started meanwhile.
   */
  private static void startWithLastWords(Container host) {
    String words = "trap 'echo > /root/goodbye; exit' TERM; sleep 99 & touch /root/ready; wait";
    host.run("systemd-run", "--unit=last", "sh", "-c", words).outOfSuccess();
    Until.isTrue(
        "the unit waiting, and the journal saying so",
        () ->
            Files.exists(host.file("/root/ready"))
                && host.journal("last").contains("Started last"));
  }

  @Test
  void leavesNothingWhenItIsClosed() throws IOException {
    Container host = hosts.boot();
    List<Long> processes = host.processes();
    assertTrue(processes.size() > 3, processes::toString);
    assertTrue(left(host.name()).size() > 3, () -> "its link, its mount, its cgroups, its disk");

    hosts.close();

    assertEquals(List.of(), processes.stream().filter(Processes::isAlive).toList());
    assertEquals(List.of(), left(host.name()));
  }

  @Test
  void hostOfARunThatDiedGoesWithTheNextOne() throws IOException {
    Container mine = hosts.boot();
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String classes = System.getProperty("java.class.path");
    Program.Ended died =
        Program.run(
            Path.of("").toAbsolutePath(),
            Map.of(),
            List.of(java, "-cp", classes, DyingRun.class.getName()));
    assertEquals(DyingRun.KILLED, died.exit(), died.all());
    String name = died.out().strip();
    assertTrue(left(name).size() > 3, name);

    Container next = hosts.boot();

    assertEquals(name, next.name());
    assertEquals("running", mine.state());
    assertEquals("running", next.state());
    next.powerCut();
    assertEquals(1, left(name).stream().filter(line -> line.startsWith("overlay")).count());
  }

  /** What this machine has of a container: its network, cgroups, mounts and disk. */
  private static List<String> left(String name) throws IOException {
    Path disk = Path.of("target/hosts", name).toAbsolutePath();
    try (Stream<Path> links = Files.list(Path.of("/sys/class/net"));
        Stream<Path> disks = Stream.of(disk).filter(Files::exists);
        Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return Stream.of(links.map(Path::toString), disks.map(Path::toString), cgroups(), mounts)
          .flatMap(all -> all)
          .filter(line -> line.matches("(?s).*[-/]" + name + "(?!\\d).*"))
          .toList();
    }
  }

  /** Other containers make and remove cgroups all the while. */
  private static Stream<String> cgroups() {
    List<String> command = List.of("find", "/sys/fs/cgroup", "-type", "d", "-name", "spoolway-*");
    return Program.run(Path.of("/"), Map.of(), command).out().lines();
  }
}
