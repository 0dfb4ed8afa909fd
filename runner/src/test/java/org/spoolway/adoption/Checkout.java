package org.spoolway.adoption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Database;
import org.spoolway.host.FakeAccounts;
import org.spoolway.host.FakeServices;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;

/** A checkout of 3.1.0 as somebody runs it in place, with settings, uploads and a database. */
final class Checkout {

  static final Version VERSION = new Version("3.1.0");
  static final Choices NONE = new Choices(null, Map.of(), Set.of());

  /** How the answers of the application are: one for each place it may run in. */
  enum Health {
    WELL,
    SICK_AFTERWARDS
  }

  final Path root;
  final FakeServices services = new FakeServices();
  final List<String> told = new ArrayList<>();
  Health health = Health.WELL;
  private final SpoolLayout layout;
  private final Accounts accounts;
  private final ProcessCommands commands = new ProcessCommands();
  private UnaryOperator<Deployment> change = UnaryOperator.identity();

  private Checkout(Path directory, Accounts accounts) {
    this.layout = SpoolLayout.home(directory);
    this.root = directory.resolve("srv/notes");
    this.accounts = accounts;
  }

  /** One below a directory, which serves. */
  static Checkout running(Path directory) throws IOException {
    return running(directory, FakeAccounts.ownerOf(directory));
  }

  static Checkout running(Path directory, Accounts accounts) throws IOException {
    Checkout checkout = new Checkout(directory, accounts);
    Files.createDirectories(checkout.layout.state("notes").path());
    checkout.write("app.py", "serve()");
    checkout.write("pages/index.html", "<p>");
    checkout.write(".gitignore", ".env\nmedia/\n*.db\n.venv/\ncache/\n");
    Files.createSymbolicLink(checkout.root.resolve("start"), Path.of("pages/index.html"));
    checkout.git("init", "--quiet", "--initial-branch=main");
    checkout.commit();
    checkout.git("tag", "v3.1.0");
    checkout.write(".env", "SECRET=1");
    checkout.write("media/cat.jpg", "purr");
    checkout.write("notes.db", "notes");
    checkout.write(".venv/bin/python", "#!");
    checkout.services.setRunning(VERSION);
    return checkout;
  }

  void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }

  void commit() {
    git("add", "--all");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "-m", "on");
  }

  void git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Exit exit =
        commands.run(
            new Command(
                command,
                root,
                Map.of(),
                layout.state("notes").path().toString(),
                java.time.Duration.ofMinutes(1),
                null),
            printed::write,
            new Interruption());
    if (!exit.equals(new Exit.Status(0))) {
      throw new AssertionError(command + ": " + exit + " " + printed.toString(UTF_8));
    }
  }

  Site site() {
    Deployment deployment = change.apply(Deployments.notes(root));
    HealthProbe probe =
        (version, interruption) ->
            new HealthProbe.Answer(
                health == Health.WELL || !Files.exists(root.resolve("current")), "200");
    Site.Ports ports =
        new Site.Ports(
            new FakeSources(),
            commands,
            services,
            Database.none(),
            SqlClient.none(),
            TrialDatabase.none(),
            () -> 0,
            probe,
            HostConfiguration.none(),
            path -> Long.MAX_VALUE,
            accounts,
            Handover.none(),
            new Rest());
    return new Site(
        deployment, layout.spool("notes"), layout.state("notes"), ports, Clock.systemUTC());
  }

  /** Changes what the deployment's file says. */
  void configure(UnaryOperator<Deployment> other) {
    change = other;
  }

  Adoption adoption() {
    return adoption(told::add);
  }

  Adoption adoption(Consumer<String> listener) {
    return new Adoption(site(), listener);
  }

  void adopt() throws ProblemException, IOException {
    adopt(NONE);
  }

  void adopt(Choices choices) throws ProblemException, IOException {
    adopt(choices, adoption());
  }

  /** While a listener is told of the changes. */
  void adopt(Consumer<String> listener) throws ProblemException, IOException {
    adopt(NONE, adoption(listener));
  }

  private static void adopt(Choices choices, Adoption adoption)
      throws ProblemException, IOException {
    adoption.carryOut(adoption.plan(choices));
  }

  Optional<Path> takeBack() throws ProblemException, IOException {
    return adoption().takeBack();
  }

  /** Every path beside and below the root, with type, mode, owner, and target or content. */
  Map<String, String> picture() throws IOException {
    Path beside = root.resolveSibling("");
    Map<String, String> picture = new TreeMap<>();
    Files.walkFileTree(
        beside,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            picture.put(beside.relativize(path).toString(), attributes(path));
            return path.endsWith(".git") || path.endsWith(AdoptionRecord.KEPT_GIT)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String what =
                attributes.isSymbolicLink()
                    ? "-> " + Files.readSymbolicLink(path)
                    : attributes(path) + " " + Files.readString(path);
            picture.put(beside.relativize(path).toString(), what);
            return FileVisitResult.CONTINUE;
          }
        });
    return picture;
  }

  private static String attributes(Path path) throws IOException {
    Map<String, Object> unix =
        Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    return Integer.toOctalString((Integer) unix.get("mode"))
        + " "
        + unix.get("uid")
        + " "
        + unix.get("gid");
  }
}
