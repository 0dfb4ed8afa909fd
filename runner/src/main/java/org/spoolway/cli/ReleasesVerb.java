package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Table;
import org.spoolway.deployment.CurrentLink;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.ReleaseStore;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code releases}. */
@Command(
    name = "releases",
    description = "Show the releases that are on this host, whole and sealed, newest first.")
final class ReleasesVerb extends FactVerb {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Show those of this one only (default: of all).")
  private @Nullable String deployment;

  /** A release on this host. */
  private record Release(
      String deployment, Version version, boolean live, Instant sealedAt, String directory) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Release> releases = new ArrayList<>();
    List<ProblemException> wrong = new ArrayList<>();
    for (Deployment one : deployments().readAll(deployment, wrong::add)) {
      releases.addAll(releases(one));
    }
    if (form() == Form.JSON) {
      printJson(releases);
    } else {
      print(releases, machine().clock().instant());
    }
    return tell(wrong);
  }

  private static List<Release> releases(Deployment of) throws IOException {
    ApplicationDir application = SpoolLayout.application(of.root());
    ReleaseStore store = new ReleaseStore(application);
    Optional<Version> live = new CurrentLink(application).version();
    List<Release> releases = new ArrayList<>();
    for (Version version : store.sealed()) {
      Path directory = store.directory(version);
      Instant sealedAt = store.sealedAt(version);
      boolean isLive = live.equals(Optional.of(version));
      releases.add(new Release(of.name(), version, isLive, sealedAt, directory.toString()));
    }
    return releases;
  }

  private void print(List<Release> releases, Instant now) {
    Screen screen = screen();
    Table table = new Table("DEPLOYMENT", "RELEASE", "", "SEALED", "DIRECTORY");
    for (Release release : releases) {
      table.row(
          release.deployment(),
          release.version().text(),
          release.live() ? "live" : "",
          Ages.since(release.sealedAt(), now) + " ago",
          release.directory());
    }
    if (table.isEmpty()) {
      screen.print("no release is on this host yet");
    } else {
      table.print(screen);
    }
  }
}
