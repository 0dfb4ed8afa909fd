package org.spoolway.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** There are no data that could be copied for a trial. */
final class NoTrialDatabase implements TrialDatabase {

  static final TrialDatabase INSTANCE = new NoTrialDatabase();

  private NoTrialDatabase() {}

  @Override
  public OptionalLong bytes() {
    return OptionalLong.empty();
  }

  @Override
  public @Nullable String risk() {
    return null;
  }

  @Override
  public String copy(Path notes, Path directory) {
    throw new IllegalStateException("there is nothing to copy");
  }

  @Override
  public SqlClient sql(String copy) {
    return SqlClient.none();
  }

  @Override
  public List<String> locks(String copy) {
    return List.of();
  }

  @Override
  public void discard(Path notes) {}
}
