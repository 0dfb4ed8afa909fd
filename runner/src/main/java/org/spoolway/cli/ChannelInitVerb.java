package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.RootFile;
import org.spoolway.problem.ProblemException;
import org.spoolway.publication.ReleaseArchive;
import org.spoolway.wording.Quoted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code channel init}. */
@Command(name = "init", description = "Begin a channel, without releases, in a directory.")
final class ChannelInitVerb extends ChannelPart {

  /** A root is exchanged by people who meet for it. */
  static final int USUAL_ROOT_DAYS = 365;

  @Option(
      names = "--application",
      required = true,
      paramLabel = "NAME",
      description = "What the releases are of; their archives are called NAME-VERSION.")
  private String application = "";

  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Let these keys count for so many days (default: 365).")
  private int days = USUAL_ROOT_DAYS;

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    if (!keys.areComplete()) {
      throw new UsageException(
          "cannot begin a channel: it is not said whose word counts",
          "Give --root-key and --channel-key, each at least once; `minisign -G` makes keys.");
    }
    if (!ReleaseArchive.canBeOf(application)) {
      throw new UsageException(
          "cannot begin a channel of " + Quoted.of(application) + ": no archive can be called so",
          "Name it with letters, digits, '_', '.', '+' and '-', a letter or digit first.");
    }
    Path base = machine().workingDirectory();
    RootFile root =
        RootFile.first(application, in(days), keys.root(null, base), keys.channel(null, base));
    ChannelFile channel = ChannelEdit.first(application, in(ChannelChangeVerb.USUAL_DAYS));
    directory().begin(root, channel);
    String name = RootFile.name(root.version());
    Written first =
        new Written(directory().file(name).toString(), root.version(), root.expires(), List.of());
    report(List.of(first, written(channel, root)));
    if (form() == Form.TEXT) {
      screen()
          .print("hosts are given " + name + " by a way that they trust; it needs no signature");
    }
    return ExitCode.OK;
  }
}
