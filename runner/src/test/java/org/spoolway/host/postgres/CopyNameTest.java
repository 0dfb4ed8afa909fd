package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server calls the databases of snapshots. */
class CopyNameTest {

  @ParameterizedTest
  @CsvSource({
    "42-3.1.0, notes_spoolway_42_3_1_0",
    "7-replaced, notes_spoolway_7_replaced",
    "7-empty, notes_spoolway_7_empty",
    "1-1.0.0-rc.1+B, notes_spoolway_1_1_0_0_rc_1_b"
  })
  void followsFromTheSnapshotsName(String snapshot, String name) {
    assertEquals(name, of("notes", snapshot));
  }

  @Test
  void isNeverLongerThanTheServerTakes() {
    String database = "n".repeat(63);
    String one = of(database, "42-3.1.0");
    assertEquals(63, one.length());
    assertTrue(one.contains("_spoolway_42_"), one);
    assertNotEquals(one, of(database, "42-replaced"));
    assertNotEquals(one, of("n".repeat(62) + "m", "42-3.1.0"));
  }

  @Test
  void nobodysNameIsTaken() {
    Path data = Path.of("/s/7-replaced/data");
    assertEquals(
        "notes_spoolway_7_replaced_3",
        CopyName.free(
            "notes", data, List.of("notes_spoolway_7_replaced", "notes_spoolway_7_replaced_2")));
  }

  private static String of(String database, String snapshot) {
    return CopyName.free(database, Path.of("/opt/notes/snapshots", snapshot, "data"), List.of());
  }
}
