package org.spoolway.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spoolway.schema.Version;

/** Words commands that a test can script: {@code sql-history}, and {@code sql-apply} with names. */
public final class FakeSqlClient implements SqlClient {

  @Override
  public Invocation history() {
    return invocation(List.of("sql-history"));
  }

  @Override
  public List<Invocation> apply(List<MigrationFile> files, Version version) {
    List<String> line = new ArrayList<>(List.of("sql-apply"));
    files.forEach(file -> line.add(file.name()));
    return List.of(invocation(line));
  }

  private static Invocation invocation(List<String> line) {
    return new Invocation(line, Map.of(), "ERROR: .*");
  }
}
