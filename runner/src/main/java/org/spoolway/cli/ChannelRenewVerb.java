package org.spoolway.cli;

import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import picocli.CommandLine.Command;

/** {@code channel renew}. */
@Command(name = "renew", description = "Let the list count for longer, with the same releases.")
final class ChannelRenewVerb extends ChannelChangeVerb {

  @Override
  ChannelFile change(ChannelEdit edit) {
    return edit.renewed();
  }
}
