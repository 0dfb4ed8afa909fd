package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;

class InstalledHostFilesTest {

  @TempDir private Path directory;
  private FakeHostConfiguration host;
  private StateDir state;
  private HostDir there;

  @BeforeEach
  void install() throws Exception {
    host = new FakeHostConfiguration(directory.resolve("host"));
    state = new StateDir(Files.createDirectory(directory.resolve("state")));
    there = host.directories();
    List<HostFile> files =
        List.of(
            new HostFile(there.unit("notes.service"), Reader.SYSTEMD, "[Unit]\n"),
            new HostFile(there.dropIn("notes.service"), Reader.SYSTEMD, "[Unit]\n"),
            new HostFile(there.caddy("notes"), Reader.CADDY, "notes {\n}\n"));
    HostFileStore store = new HostFileStore(state);
    store.make(store.changes(files), files);
  }

  private void remove() throws Exception {
    new InstalledHostFiles(state, host).remove();
  }

  @Test
  void unitsAreDisabledThenGoneThenForgotten() throws Exception {
    remove();
    assertFalse(Files.exists(there.unit("notes.service")));
    assertFalse(Files.exists(there.dropIn("notes.service")));
    assertFalse(Files.exists(there.caddy("notes")));
    assertEquals(List.of("disable [notes.service]", "reload [SYSTEMD, CADDY]"), host.calls());
  }

  @Test
  void toRemoveTwiceAsksForNothingMore() throws Exception {
    remove();
    host.forget();
    remove();
    assertEquals(List.of(), host.calls());
  }

  /** A reader that still goes by what is gone would start units of a deployment that has left. */
  @Test
  void whatWasCutShortBeforeItsReadersFollowedIsDoneAgain() throws Exception {
    host.puzzle(Reader.CADDY);
    assertThrows(ProblemException.class, this::remove);
    host.puzzle(null);
    host.forget();
    remove();
    assertEquals(List.of("reload [SYSTEMD, CADDY]"), host.calls());
    host.forget();
    remove();
    assertEquals(List.of(), host.calls());
  }

  /** Killed between two files: the readers of both have still to follow. */
  @Test
  void whatWasCutShortBetweenTwoFilesIsDoneAgain() throws Exception {
    Files.delete(there.caddy("notes"));
    remove();
    assertEquals(List.of("disable [notes.service]", "reload [SYSTEMD, CADDY]"), host.calls());
  }

  @Test
  void whatSomebodyElseHasPutThereStays() throws Exception {
    Path other = there.unit("wiki.service");
    Files.writeString(other, "[Unit]\n");
    remove();
    assertTrue(Files.exists(other));
  }

  private InstalledHostFiles files() {
    return new InstalledHostFiles(state, host);
  }

  @Test
  void whatDriftedIsPutBackReadAndEnabled() throws Exception {
    Files.delete(there.unit("notes.service"));
    Files.writeString(there.caddy("notes"), "wiki {\n}\n");
    assertEquals(2, files().drift().size());
    files().putBack();
    assertEquals(List.of(), files().drift());
    assertEquals("notes {\n}\n", Files.readString(there.caddy("notes")));
    assertEquals(List.of("reload [SYSTEMD, CADDY]", "enable [notes.service]"), host.calls());
    assertFalse(files().isUnread());
  }

  @Test
  void whatItsReadersDidNotFollowIsStillToBeRead() throws Exception {
    Files.writeString(there.caddy("notes"), "wiki {\n}\n");
    host.puzzle(Reader.CADDY);
    assertThrows(ProblemException.class, files()::putBack);
    assertEquals(List.of(), files().drift());
    assertTrue(files().isUnread());
    host.puzzle(null);
    files().putBack();
    assertFalse(files().isUnread());
  }

  @Test
  void whereNothingWasPutNothingIsAsked() throws Exception {
    StateDir fresh = new StateDir(Files.createDirectory(directory.resolve("fresh")));
    new InstalledHostFiles(fresh, HostConfiguration.none()).remove();
    assertTrue(Files.exists(there.unit("notes.service")));
  }
}
