package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.spoolway.channel.RootFile;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code channel rotate}. */
@Command(
    name = "rotate",
    description =
        "Exchange the keys, or let them count for longer, by the next N.root.json; what is not"
            + " given stays as it is.")
final class ChannelRotateVerb extends ChannelPart {

  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Let these keys count for so many days (default: 365).")
  private int days = ChannelInitVerb.USUAL_ROOT_DAYS;

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    RootFile before = directory().newestRoot();
    Path base = machine().workingDirectory();
    RootFile next =
        before.next(in(days), keys.root(before.root(), base), keys.channel(before.channel(), base));
    directory().write(next);
    String name = RootFile.name(next.version());
    report(
        List.of(
            new Written(
                directory().file(name).toString(),
                next.version(),
                next.expires(),
                List.of(
                    signers(RootFile.name(before.version()), before.root()),
                    signers(name, next.root())))));
    return ExitCode.OK;
  }
}
