package org.spoolway.source;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of archives, the one first that is taken when a release is there in several. */
public enum ArchiveFormat {
  TAR_ZSTD(".tar.zst"),
  TAR_XZ(".tar.xz"),
  TAR_GZIP(".tar.gz"),
  ZIP(".zip");

  private final String ending;

  ArchiveFormat(String ending) {
    this.ending = ending;
  }

  /** How the names of such files end. */
  public String ending() {
    return ending;
  }

  /** The kind that a file's name tells. */
  public static Optional<ArchiveFormat> of(String fileName) {
    return Arrays.stream(values()).filter(format -> fileName.endsWith(format.ending)).findAny();
  }
}
