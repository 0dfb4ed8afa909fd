package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoDatabaseTest {

  @Test
  void nothingIsCopiedMovedOrWritten(@TempDir Path scratch) throws Exception {
    Database none = Database.none();
    String mark = none.mark();
    none.snapshot(scratch);
    none.restore(scratch, scratch.resolve("aside"));
    assertEquals(0, none.requireReady().bytes());
    assertEquals(mark, none.mark());
    assertEquals(0, scratch.toFile().list().length);
  }
}
