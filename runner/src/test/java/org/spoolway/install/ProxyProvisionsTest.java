package org.spoolway.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.HostTools;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.ProblemException;

/** Caddy's own file, as it may lie on a host, and what becomes of it. */
class ProxyProvisionsTest {

  private static final String DEFAULT =
      "# The Caddyfile\n:80 {\n\troot * /usr/share/caddy\n\tfile_server\n}\n";
  private static final String MD5_OF_DEFAULT = "a98399cb745194766e1f53c0561afdf2";

  @TempDir Path directory;
  private HostDir host;
  private final FakeCommands commands = new FakeCommands();

  @BeforeEach
  void install() throws IOException {
    host = new HostDir(directory.resolve("etc"), directory.resolve("run"));
    Files.createDirectories(host.caddySites());
    commands.on(
        "dpkg-query",
        FakeCommands.printing(" " + host.caddyfile() + " " + MD5_OF_DEFAULT + "\n", 0));
  }

  private Provision caddy() {
    return new CaddyConfiguration(host, new HostTools(commands, directory.toString()));
  }

  private void write(String text) throws IOException {
    Files.writeString(host.caddyfile(), text);
  }

  private Path before() {
    return host.caddyfile().resolveSibling("Caddyfile.spoolway-before");
  }

  @Test
  void thePackagesOwnFileIsReplacedAndKept() throws Exception {
    write(DEFAULT);
    assertEquals(
        "have " + host.caddyfile() + " import spoolway.d/*.caddy", caddy().missing().orElseThrow());
    assertEquals(DEFAULT, Files.readString(host.caddyfile()));

    caddy().bring();

    assertTrue(Files.readString(host.caddyfile()).contains("\n\torder error before handle\n}\n"));
    assertTrue(Files.readString(host.caddyfile()).contains("\nimport spoolway.d/*.caddy\n"));
    assertTrue(Files.readString(host.caddyfile()).contains("\n\tadmin unix//var/lib/caddy/"));
    assertEquals(DEFAULT, Files.readString(before()));
    assertEquals(
        List.of("systemctl", "try-restart", "caddy.service"),
        commands.ran().get(commands.ran().size() - 1).arguments());
    assertTrue(caddy().missing().isEmpty());
  }

  @Test
  void oneThatWasCutShortAfterTheCopyGoesOn() throws Exception {
    write(DEFAULT);
    Files.writeString(before(), DEFAULT);
    assertTrue(caddy().missing().isPresent());
    caddy().bring();
    assertTrue(caddy().missing().isEmpty());
    assertEquals(DEFAULT, Files.readString(before()));
  }

  @Test
  void whereThereIsNoneItIsWritten() throws Exception {
    assertTrue(caddy().missing().isPresent());
    caddy().bring();
    assertTrue(caddy().missing().isEmpty());
    assertFalse(Files.exists(before()));
  }

  @Test
  void aPersonsFileThatHasItAllIsLeftAlone() throws Exception {
    write(
        """
        # mine
        {
        	email me@example.org
        	order   error before handle # for Spoolway
        }
        example.org {
        	respond hello
        }
        import %s/*.caddy
        """
            .formatted(host.caddySites()));
    assertTrue(caddy().missing().isEmpty());
  }

  @Test
  void aPersonsFileThatLacksItIsRefusedWithTheLinesToAdd() throws Exception {
    String text = "example.org {\n\timport spoolway.d/*.caddy\n\trespond hello\n}\n";
    write(text);
    ProblemException refused = assertThrows(ProblemException.class, () -> caddy().missing());
    assertEquals(
        "cannot change "
            + host.caddyfile()
            + ": somebody has written it, and it lacks what releases need",
        refused.getMessage());
    assertEquals(
        "Add `order error before handle` to the global options, in braces `{ }` at its head, and"
            + " `import spoolway.d/*.caddy` as a line outside of all braces; then install again.",
        refused.fix());
    assertEquals(text, Files.readString(host.caddyfile()));
  }

  @Test
  void onlyWhatLacksIsNamed() throws Exception {
    write("{\n\torder error before handle\n}\n");
    ProblemException refused = assertThrows(ProblemException.class, () -> caddy().missing());
    assertEquals(
        "Add `import spoolway.d/*.caddy` as a line outside of all braces; then install again.",
        refused.fix());
  }

  @Test
  void aLinkIsAPersons() throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("Caddyfile"), DEFAULT);
    Files.createSymbolicLink(host.caddyfile(), elsewhere);
    assertThrows(ProblemException.class, () -> caddy().missing());
  }

  @Test
  void nginxMustIncludeItsDirectory() throws Exception {
    Path file = Files.createDirectories(directory.resolve("etc/nginx")).resolve("nginx.conf");
    Provision nginx = new NginxConfiguration(host.nginxConfiguration());
    assertTrue(nginx.missing().isEmpty(), "before its package is there");
    Files.writeString(file, "http {\n\tinclude /etc/nginx/conf.d/*.conf;\n}\n");
    assertTrue(nginx.missing().isEmpty());
    Files.writeString(file, "http {\n\t# include /etc/nginx/conf.d/*.conf;\n}\n");
    assertThrows(ProblemException.class, nginx::missing);
  }

  @Test
  void aProxyThatIsThereIsNotInstalledAgain() throws Exception {
    HostTools tools = new HostTools(commands, directory.toString());
    assertTrue(new ProxyProgram(tools, "nginx", "nginx-light").missing().isEmpty());
    commands.on("sh", FakeCommands.printing("", 127));
    assertEquals(
        "install the package nginx-light",
        new ProxyProgram(tools, "nginx", "nginx-light").missing().orElseThrow());
  }

  @Test
  void aUnitThatOnlyRunsIsEnabledToo() throws Exception {
    commands.on(
        "systemctl",
        (command, output, interruption) ->
            FakeCommands.printing("", command.arguments().contains("is-enabled") ? 1 : 0)
                .run(command, output, interruption));
    Provision unit = new ProxyUnit(new HostTools(commands, directory.toString()), "caddy.service");
    assertEquals("start caddy.service", unit.missing().orElseThrow());
    unit.bring();
    assertEquals(
        List.of("systemctl", "enable", "--now", "caddy.service"),
        commands.ran().get(commands.ran().size() - 1).arguments());
  }
}
