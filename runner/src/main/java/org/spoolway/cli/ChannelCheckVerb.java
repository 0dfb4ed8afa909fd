package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.channel.RootFile;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Sizes;
import org.spoolway.cli.text.Table;
import org.spoolway.problem.ProblemException;
import org.spoolway.publication.HostsLook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code channel check}. */
@Command(
    name = "check",
    description =
        "Look at the directory as a host will, and show what it sees; or why it will not.")
final class ChannelCheckVerb extends ChannelPart {

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description = "Begin with this root, as the oldest host does (default: DIR/1.root.json).")
  private @Nullable Path root;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Path anchor =
        root == null
            ? path().resolve(RootFile.name(1))
            : machine().workingDirectory().resolve(root);
    HostsLook.Sight sight = new HostsLook(path()).from(anchor, machine().clock().instant());
    if (form() == Form.JSON) {
      printJson(sight);
    } else {
      print(sight);
    }
    return ExitCode.OK;
  }

  private void print(HostsLook.Sight sight) {
    Screen screen = screen();
    ChannelFile channel = sight.channel();
    screen.print(
        "%s: number %d, which counts until %s"
            .formatted(channel.application(), channel.counter(), channel.expires()));
    screen.print(
        "signed by the %s; %s counts until %s"
            .formatted(
                String.join(" and the ", sight.signers()),
                RootFile.name(sight.root().version()),
                sight.root().expires()));
    Table table = new Table("RELEASE", "ARCHIVE", "SIZE", "HERE", "FOR", "REMARK");
    channel.releases().forEach(release -> row(table, release, sight.present()));
    if (table.isEmpty()) {
      screen.print("there is no release yet");
    } else {
      table.print(screen);
    }
    sight.warnings().forEach(warning -> screen.print("warning: " + warning));
  }

  private static void row(Table table, Release release, List<String> present) {
    table.row(
        release.version().text(),
        release.file(),
        Sizes.of(release.length()),
        present.contains(release.file()) ? "yes" : "no",
        release.hosts() == ChannelFile.WHOLE_RING ? "all" : release.hosts() + " of 100",
        remark(release));
  }

  private static String remark(Release release) {
    if (release.yanked() != null) {
      return "yanked: " + release.yanked();
    }
    return release.from() == null ? "" : "from " + release.from();
  }
}
