package org.spoolway.cli;

import java.io.IOException;
import java.util.List;
import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Option;

/** A part of {@code channel} that makes the next {@code channel.json}. */
abstract class ChannelChangeVerb extends ChannelPart {

  /** Long enough for a holiday, short enough that nobody is kept on an old list for long. */
  static final int USUAL_DAYS = 30;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Let the list count for so many days (default: 30).")
  private int days = USUAL_DAYS;

  @Override
  final ExitCode execute() throws IOException, ProblemException, UsageException {
    ChannelFile next = change(new ChannelEdit(directory().channel(), in(days)));
    directory().write(next);
    report(List.of(written(next, directory().newestRoot())));
    return ExitCode.OK;
  }

  /** Makes it. */
  abstract ChannelFile change(ChannelEdit edit)
      throws IOException, ProblemException, UsageException;
}
