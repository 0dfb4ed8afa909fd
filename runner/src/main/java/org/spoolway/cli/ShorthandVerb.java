package org.spoolway.cli;

import picocli.CommandLine.Option;

/** A verb for one action, which waits for its end. */
abstract class ShorthandVerb extends AskingVerb {

  @Option(names = "--detach", description = "Print the request's id and do not wait.")
  private boolean detach;

  @Override
  final Then then() {
    return detach ? Then.LEAVE : Then.FOLLOW;
  }
}
