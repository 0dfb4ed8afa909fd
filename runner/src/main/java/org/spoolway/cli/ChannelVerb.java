package org.spoolway.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code channel}, which does nothing but by its parts. */
@Command(
    name = "channel",
    description =
        "Say of your application's releases, signed, which there are: for makers, in a directory"
            + " that is then published.",
    synopsisSubcommandLabel = "PART",
    subcommands = {
      ChannelInitVerb.class,
      ChannelAddVerb.class,
      ChannelRingVerb.class,
      ChannelYankVerb.class,
      ChannelRenewVerb.class,
      ChannelRotateVerb.class,
      ChannelSignVerb.class,
      ChannelCheckVerb.class
    })
final class ChannelVerb extends Verb {

  private static final List<String> PARTS =
      List.of("init", "add", "ring", "yank", "renew", "rotate", "sign", "check");

  @Override
  ExitCode execute() throws UsageException {
    throw new UsageException(
        "cannot run `spoolway channel`: it was not said what to do",
        "Name one of " + String.join(", ", PARTS) + ", as in `spoolway channel check DIR`.");
  }
}
