package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.JournalFile;
import org.spoolway.journal.NewerJournalException;
import org.spoolway.journal.SampleEntries;

class RecoveryTroubleTest {

  @TempDir private Path directory;

  /** The others of this process, and systemd, must not wait for what only a release can mend. */
  @Test
  void whatOnlyANewerReleaseCanReadIsNotWaitedFor() throws IOException {
    RecoveryTrouble trouble = new RecoveryTrouble("notes", Duration.ofSeconds(2));
    Path file = directory.resolve("journal");
    SampleEntries.writeNewer(file);
    NewerJournalException newer =
        assertThrows(NewerJournalException.class, () -> JournalFile.read(file));
    assertTrue(trouble.tell(newer));
    assertTrue(trouble.tell(newer));
    assertFalse(trouble.tell(new IOException("the disk hangs")));
    assertFalse(trouble.tell(new IllegalStateException("a bug")));
  }
}
