package org.spoolway.host.unpack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * One entry as an archive has it; nothing of it was checked.
 *
 * @param name what it calls it
 * @param kind what it is
 * @param executable whether the owner may execute it
 * @param target where a link leads, or the name of the file that a copy is of; else empty
 * @param content of a file, until the next entry is asked for
 */
record PackedEntry(String name, Kind kind, boolean executable, String target, InputStream content) {

  /** What an entry can be. */
  enum Kind {
    FILE,
    DIRECTORY,
    /** A symbolic link. */
    LINK,
    /** A hard link: another name of a file that came before. */
    COPY
  }

  /** The longest that a link can be. */
  static final int MAX_TARGET_BYTES = 4095;

  static PackedEntry directory(String name) {
    return new PackedEntry(name, Kind.DIRECTORY, false, "", nothing());
  }

  static PackedEntry file(String name, boolean executable, InputStream content) {
    return new PackedEntry(name, Kind.FILE, executable, "", content);
  }

  static PackedEntry link(String name, String target) {
    return new PackedEntry(name, Kind.LINK, false, target, nothing());
  }

  static PackedEntry copy(String name, boolean executable, String target) {
    return new PackedEntry(name, Kind.COPY, executable, target, nothing());
  }

  private static InputStream nothing() {
    return new ByteArrayInputStream(new byte[0]);
  }
}
