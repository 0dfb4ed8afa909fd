package org.spoolway.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Database;
import org.spoolway.host.FakeAccounts;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.FakeServices;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Output;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;

/** A host below a directory, on which a deployment is to be installed. */
final class HostToBe {

  /** Debian has this account and this group, so no test has to make any. */
  static final String THERE = "daemon";

  static Recipient there() {
    return new Recipient(THERE, new HostAccounts());
  }

  final Path directory;
  final SpoolLayout layout;
  final FakeCommands commands = new FakeCommands();
  Deployment deployment;
  private final FakeAccounts accounts;
  private boolean packaged;
  private boolean serving;

  HostToBe(Path directory) throws IOException {
    this.directory = directory;
    this.layout = SpoolLayout.home(directory);
    this.accounts = FakeAccounts.ownerOf(directory);
    this.deployment =
        Deployments.needing(
            Deployments.notes(directory.resolve("srv/apps/notes")),
            new Deployment.Host(List.of("caddy"), THERE),
            new Deployment.Install(List.of(), "KEY=@SECRET@\nSALT=@SECRET@\nAT=@ROOT@\n", ".env"));
    Files.createDirectories(layout.states());
    commands.on("dpkg-query", (c, output, i) -> printed(output));
    commands.on(
        "apt-get",
        (c, o, i) -> {
          packaged = true;
          return new Exit.Status(0);
        });
    commands.on("systemctl", (c, o, i) -> systemctl(c.arguments().get(1)));
  }

  private Exit printed(Output output) {
    String text = packaged ? "install ok installed" : "";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
    return new Exit.Status(packaged ? 0 : 1);
  }

  private Exit systemctl(String verb) {
    serving |= verb.equals("start");
    return new Exit.Status(serving ? 0 : 3);
  }

  Site site() {
    Site.Ports ports =
        new Site.Ports(
            new FakeSources(),
            commands,
            new FakeServices(),
            Database.none(),
            SqlClient.none(),
            TrialDatabase.none(),
            () -> 0,
            (version, interruption) -> new HealthProbe.Answer(true, "200"),
            HostConfiguration.none(),
            path -> Long.MAX_VALUE,
            accounts,
            Handover.none(),
            new Rest());
    return new Site(
        deployment, layout.spool("notes"), layout.state("notes"), ports, Clock.systemUTC());
  }

  List<Provision> provisions() {
    Provisions.Source source =
        new Provisions.Source(directory.resolve("notes.toml"), "name = \"notes\"\n", directory);
    return Provisions.ofHost(site(), layout, accounts, source);
  }

  /** What is done, as the verb does it: whatever is missing when its turn comes. */
  List<String> install() throws ProblemException, IOException {
    return install(Integer.MAX_VALUE);
  }

  /** The same, but ends after so many. */
  List<String> install(int most) throws ProblemException, IOException {
    List<String> done = new ArrayList<>();
    for (Provision provision : provisions().stream().limit(most).toList()) {
      Optional<String> missing = provision.missing();
      if (missing.isPresent()) {
        provision.bring();
        done.add(missing.get());
      }
    }
    return done;
  }

  Path environment() {
    return site().application().shared().resolve(".env");
  }

  /** Every path with its mode, and content where it is no secret. */
  Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        String mode =
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        boolean shown = Files.isRegularFile(path) && !path.equals(environment());
        tree.put(
            directory.relativize(path).toString(),
            mode + (shown ? " " + Files.readString(path) : ""));
      }
    }
    return tree;
  }
}
