package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the Debian package holds, and that it runs where there is no Java. */
class PackageTest {

  private static final long MOST_BYTES = 60_000_000;
  private static final String HOME = "/usr/lib/spoolway";
  private static final String UNITS = "/usr/lib/systemd/system/";

  @RegisterExtension final Home home = new Home();
  @TempDir Path scratch;
  private DebianPackage built;

  @BeforeEach
  void find() {
    built = DebianPackage.built();
  }

  @Test
  void itIsNoLargerThanItMayBe() throws IOException {
    long bytes = Files.size(built.file());
    assertTrue(bytes < MOST_BYTES, bytes + " bytes");
  }

  @Test
  void itSaysWhatItIsAndNeeds() {
    assertEquals("spoolway", built.field("Package"));
    assertTrue(built.field("Version").matches("[0-9]+(\\.[0-9]+)+(~SNAPSHOT)?"));
    assertTrue(Set.of("amd64", "arm64").contains(built.field("Architecture")));
    Set<String> needed = new TreeSet<>();
    for (String one : built.field("Depends").split(", *", -1)) {
      needed.add(one.replaceFirst(" .*", ""));
    }
    assertTrue(needed.containsAll(List.of("libc6", "systemd", "util-linux")), needed.toString());
    assertTrue(
        needed.stream().noneMatch(name -> name.matches(".*(jre|jdk|java|git).*")),
        needed.toString());
  }

  @Test
  void nobodyButRootOwnsOrCanChangeAnyOfIt() {
    Map<String, String> wrong = new TreeMap<>();
    built
        .entries()
        .forEach(
            (path, entry) -> {
              boolean link = entry.mode().startsWith("l");
              boolean usual =
                  link || List.of("rwxr-xr-x", "rw-r--r--").contains(entry.mode().substring(1));
              if (!usual || !entry.owner().equals("root/root")) {
                wrong.put(path, entry.toString());
              }
            });
    assertEquals(Map.of(), wrong);
  }

  @Test
  void everythingIsInItsPlace() {
    Map<String, DebianPackage.Entry> entries = built.entries();
    assertEquals("../lib/spoolway/live", entries.get("/usr/bin/spoolway").target());
    for (String program :
        List.of(
            "/live",
            "/handover",
            "/bin/spoolway",
            "/runtime/bin/java",
            "/runtime/lib/jspawnhelper")) {
      assertEquals("-rwxr-xr-x", entries.get(HOME + program).mode(), program);
    }
    List<String> expected =
        List.of(
            UNITS + "spoolway.service",
            UNITS + "spoolway-recover.service",
            UNITS + "spoolway-check@.service",
            UNITS + "spoolway-check@.timer",
            UNITS + "spoolway-verify.service",
            UNITS + "spoolway-verify.timer",
            "/usr/lib/sysusers.d/spoolway.conf",
            "/usr/lib/tmpfiles.d/spoolway.conf",
            "/usr/share/bash-completion/completions/spoolway",
            "/usr/share/spoolway/maintenance/index.html",
            "/usr/share/spoolway/proxy/caddy/spoolway-maintenance.caddy",
            "/usr/share/spoolway/proxy/nginx/spoolway-maintenance.conf",
            "/usr/share/doc/spoolway/copyright",
            "/usr/share/doc/spoolway/changelog.gz",
            "/usr/share/doc/spoolway/examples/deployments/wiki.toml",
            "/usr/share/doc/spoolway/examples/flask/casebook/make-repository",
            "/usr/share/doc/spoolway/examples/flask/spoolway-flask/src/spoolway_flask/updates.py",
            "/usr/share/doc/spoolway/examples/notes/make-repository",
            "/usr/share/doc/spoolway/examples/systemd/notes.socket");
    expected.forEach(path -> assertTrue(entries.containsKey(path), path));
    assertTrue(
        entries.keySet().stream().allMatch(path -> path.matches("/(usr(/.*)?)?")),
        "nothing lies below /etc or /var that a removal would take along");
    assertFalse(entries.keySet().stream().anyMatch(path -> path.contains(".jsa")));
  }

  @Test
  void everyVerbHasItsPage() {
    Set<String> pages = new TreeSet<>();
    built.entries().keySet().stream()
        .filter(path -> path.startsWith("/usr/share/man/man1/"))
        .map(path -> path.replaceFirst(".*/spoolway-?", "").replaceFirst("\\.1\\.gz$", ""))
        .forEach(pages::add);
    Help help = new Help(home);
    Set<String> verbs = new TreeSet<>(help.verbs());
    help.verbs()
        .forEach(verb -> help.parts(verb).forEach(part -> verbs.add(part.replace(' ', '-'))));
    verbs.add("");
    assertEquals(verbs, pages);
  }

  @Test
  void pagesAreReadable() throws IOException {
    DebianPackage.Host.require("man");
    built.unpack(scratch);
    try (Stream<Path> pages = Files.list(scratch.resolve("usr/share/man/man1"))) {
      for (Path page : pages.sorted().toList()) {
        List<String> command = List.of("man", "--warnings", "-l", page.toString());
        Program.Ended ended =
            Program.run(scratch, Map.of("MANWIDTH", "100", "LC_ALL", "C.UTF-8"), command);
        assertEquals("", ended.err(), page.toString());
        for (String section : List.of("NAME", "SYNOPSIS", "OPTIONS")) {
          assertTrue(ended.outOfSuccess().contains(section), page + " has " + section);
        }
      }
    }
  }

  @Test
  void itRunsWithoutAnyJava() throws IOException {
    built.unpack(scratch);
    String version = home.spoolway("--version").outOfSuccess();
    assertEquals(version, spoolway("--version").outOfSuccess());
    SampleApplication application = new SampleApplication(home, "app");
    application.installed();
    Program.Ended doctor = spoolway("doctor", "--home", home.path().toString());
    assertTrue(doctor.out().contains("app"), doctor.all());
    Program.Ended check = spoolway("status", "app", "--home", home.path().toString());
    assertTrue(check.outOfSuccess().contains("1.0.0"), check.all());
  }

  /** In an environment of its own: nothing there leads to a Java. */
  private Program.Ended spoolway(String... arguments) throws IOException {
    Path tools = Files.createDirectories(scratch.resolve("tools"));
    for (String tool : List.of("readlink", "setsid", "setpriv", "id", "getent", "stat")) {
      Path link = tools.resolve(tool);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
      }
    }
    List<String> command =
        Stream.concat(
                Stream.of("/usr/bin/env", "-i", "PATH=" + tools, scratch + "/usr/bin/spoolway"),
                Stream.of(arguments))
            .toList();
    return Program.run(scratch, Map.of(), command);
  }

  @Test
  void systemdUnderstandsTheUnits() throws IOException {
    DebianPackage.Host.require("systemd-analyze");
    built.unpack(scratch);
    Path units = scratch.resolve(UNITS.substring(1));
    try (Stream<Path> files = Files.list(units)) {
      for (Path unit : files.toList()) {
        // Only what it would start lies elsewhere here than on a host.
        Files.writeString(unit, Files.readString(unit).replace(HOME, scratch + HOME));
      }
    }
    for (String unit :
        List.of(
            "spoolway.service",
            "spoolway-recover.service",
            "spoolway-check@notes.service",
            "spoolway-check@notes.timer",
            "spoolway-verify.service",
            "spoolway-verify.timer")) {
      List<String> command =
          List.of("systemd-analyze", "verify", "--man=no", units.resolve(unit).toString());
      Program.Ended ended = Program.run(scratch, Map.of(), command);
      List<String> complaints =
          ended.all().lines().filter(line -> line.contains("spoolway")).toList();
      assertEquals(List.of(), complaints, unit);
      assertEquals(0, ended.exit(), () -> unit + ": " + ended.all());
    }
  }

  @Test
  void scriptsAreForAnyShell() {
    built
        .scripts(scratch.resolve("control"))
        .forEach(
            (name, script) -> {
              List<String> command = List.of("sh", "-n", script.toString());
              assertEquals(0, Program.run(scratch, Map.of(), command).exit(), name);
              List<String> wrong = List.of("sh", script.toString(), "frobnicate");
              assertEquals(1, Program.run(scratch, Map.of(), wrong).exit(), name);
            });
  }
}
