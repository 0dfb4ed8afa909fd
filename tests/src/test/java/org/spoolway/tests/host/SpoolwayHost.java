package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.tests.Json;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/**
 * A host on which Spoolway updates itself, and works another deployment beside that. Its releases
 * are the package's own image under other version numbers; some are made to fail.
 */
final class SpoolwayHost extends DeployedHost {

  private static final String SOURCE =
      """
      [source]
      type = "archive"
      url = "file:///srv/releases"
      """;
  private static final String OPERATOR =
      """
      [origins.operator]
      owners = ["root"]
      actions = ["*"]
      """;

  private static final String OTHER = "/var/spool/spoolway/other";

  /** While it exists builds of the other deployment end. */
  private static final String GO = "/srv/go";

  private int asked;

  private SpoolwayHost(Container container) {
    super(container, "spoolway");
  }

  /**
   * One where the package's runner works the other deployment, and Spoolway's own file is ready.
   */
  static SpoolwayHost prepared(Hosts hosts) {
    Container container = hosts.boot();
    container.installPackage();
    SpoolwayHost host = new SpoolwayHost(container);
    // How long systemd waits before it starts a runner again is no part of what is shown here.
    host.write("/etc/systemd/system/spoolway.service.d/test.conf", "[Service]\nRestartSec=100ms\n");
    container.run("systemctl", "daemon-reload").outOfSuccess();
    host.write(
        "/root/spoolway.toml",
        "name = \"spoolway\"\nroot = \"/opt/spoolway\"\n"
            + SOURCE
            + "[service]\ntype = \"runner\"\n[health]\ntimeout = \"45s\"\nbake = \"3s\"\n"
            + OPERATOR);
    host.write(
        "/root/other.toml",
        "name = \"other\"\nroot = \"/opt/other\"\n"
            + SOURCE.replace("/srv/releases", "/srv/other")
            + "[build]\nuser = \"daemon\"\n"
            + "run = [[\"sh\", \"-c\", \"until test -e "
            + GO
            + "; do sleep 0.1; done\"]]\n"
            + OPERATOR);
    String other = "mkdir -p /srv/other/1; cd /srv/other; tar -czf other-1.0.0.tar.gz 1; rm -r 1";
    container.run("sh", "-ec", other).outOfSuccess();
    container.run("touch", GO).outOfSuccess();
    host.spoolway("install", "/root/other.toml").outOfSuccess();
    Standstill.prepare(container);
    return host;
  }

  /**
   * Puts a release on offer.
   *
   * @param launcher what the release's program does before it starts Java, in shell; empty for a
   *     good release
   */
  void offer(String version, String launcher) {
    String release = "/srv/making/spoolway-" + version;
    String make =
        """
        set -e
        mkdir -p /srv/making /srv/releases
        cp -R /usr/lib/spoolway "%1$s"
        rm -f "%1$s/live" "%1$s/handover" "%1$s"/lib/spoolway.jsa*
        """
            .formatted(release);
    container().run("sh", "-c", make).outOfSuccess();
    if (!launcher.isEmpty()) {
      String program = release + "/bin/spoolway";
      container().run("mv", program, program + "-java").outOfSuccess();
      write(program, "#!/bin/sh\n" + launcher + "\nexec \"${0%/*}/spoolway-java\" \"$@\"\n");
      container().run("chmod", "755", program).outOfSuccess();
    }
    String pack =
        """
        cd /srv/making
        tar --use-compress-program='gzip -1' -cf .releases.tmp spoolway-%1$s
        mv .releases.tmp /srv/releases/spoolway-%1$s.tar.gz
        rm -r spoolway-%1$s
        """
            .formatted(version);
    container().run("sh", "-ec", pack).outOfSuccess();
  }

  /** Drops a request for the other deployment. */
  void askOther() {
    String file = OTHER + "/incoming/operator/check.n" + ++asked;
    container().run("touch", file).outOfSuccess();
  }

  /** That each request that was dropped for the other deployment has ended well. */
  void assertOtherAnswered() {
    for (int i = 1; i <= asked; i++) {
      JsonNode end = endOfOther("check.n" + i);
      assertEquals("succeeded", Results.text(end, "state"), end.toPrettyString());
    }
  }

  /** Waits for the end of a request for the other deployment. */
  JsonNode endOfOther(String id) {
    Path result = container().file(OTHER + "/results/operator/" + id + ".json");
    return Until.found(
        "an end of " + id,
        () -> Json.read(result).filter(told -> told.path("finishedAt").isString()));
  }

  /** Builds of the other deployment do not end from now on. */
  void holdBuildsOfOther() {
    container().run("rm", GO).outOfSuccess();
  }

  /** They end. */
  void letBuildsOfOtherEnd() {
    container().run("touch", GO).outOfSuccess();
  }

  /** Begins an update of the other deployment, and tells its id once it builds. */
  String updateOther() {
    String other = "mkdir -p /srv/other/2; cd /srv/other; tar -czf other-2.0.0.tar.gz 2; rm -r 2";
    container().run("sh", "-ec", other).outOfSuccess();
    String id = "update.two";
    container().run("touch", OTHER + "/incoming/operator/" + id).outOfSuccess();
    Path result = container().file(OTHER + "/results/operator/" + id + ".json");
    Until.isTrue(
        id + " building",
        () ->
            Json.read(result)
                .filter(told -> Results.names(told).contains("build"))
                .filter(
                    told -> Results.text(Results.step(told, "build"), "state").equals("running"))
                .isPresent());
    return id;
  }

  /** Whether somebody would still put the runner before back. */
  boolean isWatched() {
    return Files.exists(container().file("/opt/spoolway/handover"));
  }

  /** That the runner of a release works: it is up, it says so, and it answers for both. */
  void assertWorks(String version) {
    assertEquals(version, live());
    Until.isTrue(
        "spoolway.service being up",
        () -> container().run("systemctl", "is-active", "spoolway.service").exit() == 0);
    String pid =
        container().run("systemctl", "show", "--value", "-p", "MainPID", "spoolway.service").out();
    assertEquals(
        "/opt/spoolway/releases/" + version + "/lib/spoolway.jar",
        container()
            .run(
                "sh", "-c", "tr '\\0' '\\n' </proc/" + pid.strip() + "/cmdline | grep spoolway.jar")
            .out()
            .strip());
    for (String deployment : new String[] {"spoolway", "other"}) {
      container().run("spoolway", "check", deployment).outOfSuccess();
    }
    assertEquals("", container().run("sh", "-c", "ls /opt/spoolway/handover* 2>/dev/null").out());
    assertEquals(
        "inactive\n", container().run("systemctl", "is-active", "spoolway-handover.timer").out());
  }
}
