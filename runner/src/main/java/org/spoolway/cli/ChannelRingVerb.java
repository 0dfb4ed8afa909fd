package org.spoolway.cli;

import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code channel ring}. */
@Command(name = "ring", description = "Offer a release to so many hosts of a hundred.")
final class ChannelRingVerb extends ChannelChangeVerb {

  @Parameters(index = "1", paramLabel = "VERSION", description = "The release.")
  private Version version = new Version("0.0.0");

  @Parameters(
      index = "2",
      paramLabel = "N",
      description = "How many hosts of a hundred: 0 is nobody, 100 everybody.")
  private Integer ring = 0;

  @Override
  ChannelFile change(ChannelEdit edit) throws ProblemException {
    return edit.ring(version, ring);
  }
}
