package org.spoolway.host.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.spoolway.host.Database;
import org.spoolway.host.DatabaseContract;

class CommandDatabaseTest extends DatabaseContract {

  private CopiedFile file;

  @BeforeEach
  void makePrograms() throws IOException {
    file = new CopiedFile(scratch.resolve("root"));
  }

  @Override
  protected Database database() {
    return file.database();
  }

  @Override
  protected void write(String content) throws IOException {
    file.write(content);
  }

  @Override
  protected @Nullable String read() throws IOException {
    return file.read();
  }
}
