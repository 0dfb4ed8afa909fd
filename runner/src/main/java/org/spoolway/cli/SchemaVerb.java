package org.spoolway.cli;

import java.util.Iterator;
import java.util.List;
import org.spoolway.schema.SchemaJson;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schema}. */
@Command(name = "schema", description = "Print the JSON Schema of a kind of document.")
final class SchemaVerb extends Verb {

  private static final List<String> KINDS =
      List.of("request", "result", "status", "deployment", "release", "channel", "root");

  /** The kinds that completion offers. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return KINDS.iterator();
    }
  }

  @Parameters(
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "One of request, result, status, deployment, release, channel, root.")
  private String kind = "";

  @Override
  ExitCode execute() throws UsageException {
    if (!KINDS.contains(kind)) {
      throw new UsageException(
          "cannot print a schema of " + Quoted.of(kind) + ": there is none",
          "Name one of "
              + String.join(", ", KINDS)
              + Spelling.nearest(kind, KINDS).map(near -> "; perhaps " + near).orElse("")
              + ".");
    }
    out().print(SchemaJson.schemaOf(kind).orElseThrow());
    out().flush();
    return ExitCode.OK;
  }
}
