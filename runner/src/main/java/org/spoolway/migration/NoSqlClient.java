package org.spoolway.migration;

import java.util.List;
import org.spoolway.schema.Version;

/** There is no database, so nobody asks. */
enum NoSqlClient implements SqlClient {
  INSTANCE;

  @Override
  public Invocation history() {
    throw new IllegalStateException("the deployment has no database");
  }

  @Override
  public List<Invocation> apply(List<MigrationFile> files, Version version) {
    throw new IllegalStateException("the deployment has no database");
  }
}
