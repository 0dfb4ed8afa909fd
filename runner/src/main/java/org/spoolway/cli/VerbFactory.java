package org.spoolway.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the verbs, handing each the machine it works with. */
final class VerbFactory implements IFactory {

  private final Machine machine;

  VerbFactory(Machine machine) {
    this.machine = machine;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    K made = CommandLine.defaultFactory().create(type);
    if (made instanceof Verb verb) {
      verb.use(machine);
    }
    return made;
  }
}
