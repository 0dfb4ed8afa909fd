package org.spoolway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;

/** An inbox as its writers meet it. Only an unprivileged user can see that; root may list all. */
class InboxThatCannotBeListedTest {

  @TempDir Path inbox;

  @BeforeEach
  void forbidListing() throws Exception {
    Files.setPosixFilePermissions(inbox, PosixFilePermissions.fromString("-wx-wx---"));
    assumeFalse(canBeListed(), "this user may list any directory");
  }

  @AfterEach
  void allowListing() throws Exception {
    Files.setPosixFilePermissions(inbox, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void requestsCanBeDroppedThere() throws Exception {
    RequestSubmitter submitter = new RequestSubmitter(inbox, Clock.systemUTC());
    Path json = submitter.submit(Request.of(Action.CHECK, null)).file();
    Path touched = submitter.touch(Action.CHECK, null);
    assertTrue(Files.size(json) > 0);
    assertEquals(0, Files.size(touched));
  }

  private boolean canBeListed() throws Exception {
    try {
      DurableFiles.forceDirectory(inbox);
      return true;
    } catch (AccessDeniedException e) {
      return false;
    }
  }
}
