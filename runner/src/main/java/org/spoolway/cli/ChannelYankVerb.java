package org.spoolway.cli;

import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code channel yank}. */
@Command(
    name = "yank",
    description = "Tell everybody not to take a release any more; where it runs it stays.")
final class ChannelYankVerb extends ChannelChangeVerb {

  @Parameters(index = "1", paramLabel = "VERSION", description = "The release.")
  private Version version = new Version("0.0.0");

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Say why; people are shown it.")
  private String reason = "";

  @Override
  ChannelFile change(ChannelEdit edit) throws ProblemException, UsageException {
    if (reason.isBlank()) {
      throw new UsageException(
          "cannot yank " + version + ": no reason is given", "Say with --reason what is wrong.");
    }
    return edit.yanked(version, reason);
  }
}
