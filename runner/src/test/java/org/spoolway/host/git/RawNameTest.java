package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a/b", "../a", "./a/../b", "/a/b", "/", "..", "%41", "a?b#c"})
  void aPathIsSpelledAsItsBytesAre(String text) {
    assertEquals(Path.of(text), RawName.path(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aRelativePathStaysRelative() {
    assertFalse(RawName.path(new byte[] {(byte) 0xff}).isAbsolute());
  }

  @Test
  void controlCharactersAreNotShown() {
    assertEquals("a?[2Jb", RawName.shown("a\u001b[2Jb".getBytes(StandardCharsets.UTF_8)));
  }
}
