package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Option;

/** A verb for one action, which waits for its end. */
abstract class ShorthandVerb extends AskingVerb {

  private final Action action;

  @Option(names = "--detach", description = "Print the request's id and do not wait.")
  private boolean detach;

  ShorthandVerb(Action action) {
    this.action = action;
  }

  @Override
  final Action action() {
    return action;
  }

  @Override
  final Then then() {
    return detach ? Then.LEAVE : Then.FOLLOW;
  }
}
