package org.spoolway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.schema.Version;

/** Which files are archives of a deployment, and of which version. */
class ArchiveNamesTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "notes-{version}, notes-1.2.0.tar.gz, 1.2.0",
        "notes-{version}, notes-1.2.0.tar.xz, 1.2.0",
        "notes-{version}, notes-1.2.0.tar.zst, 1.2.0",
        "notes-{version}, notes-1.2.0.zip, 1.2.0",
        "notes-{version}, notes-v1.2.0.zip, 1.2.0",
        "notes-{version}, notes-1.2.0-rc.1.zip, 1.2.0-rc.1",
        "notes-{version}, notes-1.2.0.tar, none",
        "notes-{version}, notes-1.2.0.tar.gz.minisig, none",
        "notes-{version}, notes-1.2.tar.gz, none",
        "notes-{version}, notes-.tar.gz, none",
        "notes-{version}, notes-vv1.2.0.tar.gz, none",
        "notes-{version}, .notes-1.2.0.tar.gz, none",
        "notes-{version}, ../notes-1.2.0.tar.gz, none",
        "notes-{version}, notebook-1.2.0.tar.gz, none",
        "notes-{version}.tar.gz, notes-1.2.0.tar.gz, 1.2.0",
        "notes-{version}.tar.gz, notes-1.2.0.zip, none",
        "notes_{version}_linux.tar.xz, notes_1.2.0_linux.tar.xz, 1.2.0",
        "notes_{version}_linux.tar.xz, notes_1.2.0_windows.tar.xz, none",
        "notes_{version}_linux, notes_1.2.0_linux.zip, 1.2.0",
        "{version}, 1.2.0.zip, 1.2.0",
        "a-{version}-a, a-a.zip, none",
      })
  void theVersionIsToldByTheName(String pattern, String file, String version) {
    assertEquals(version, new ArchiveNames(pattern).version(file).map(Version::text).orElse(null));
  }

  @ParameterizedTest
  @CsvSource({
    "notes-{version}, true",
    "{version}.zip, true",
    "notes, false",
    "notes-{version}-{version}, false",
    "../{version}, false",
    ".{version}, false",
    "{version}/notes, false",
    "'', false",
  })
  void aPatternHasOnePlaceForTheVersionAndNamesAPlainFile(String pattern, boolean isOne) {
    assertEquals(isOne, ArchiveNames.isPattern(pattern));
  }

  @Test
  void theStemIsTheNameWithoutItsEnding() {
    assertEquals("notes-v1.2.0", ArchiveNames.stem("notes-v1.2.0.tar.gz"));
    assertThrows(IllegalArgumentException.class, () -> ArchiveNames.stem("notes-1.2.0.exe"));
  }

  @Test
  void theDirectoryOfAllIsCalledAsTheArchive() {
    assertEquals(
        Set.of("notes-1.2.0", "notes-v1.2.0"),
        ArchiveNames.of("notes").directories(new Version("1.2.0")));
    assertEquals(
        Set.of("notes-1.2.0", "notes-v1.2.0", "notes-1.2.0-linux", "notes-v1.2.0-linux"),
        new ArchiveNames("notes-{version}-linux.zip").directories(new Version("1.2.0")));
  }
}
