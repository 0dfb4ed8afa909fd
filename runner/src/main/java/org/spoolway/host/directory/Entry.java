package org.spoolway.host.directory;

/**
 * A name in the directory that may be a release.
 *
 * @param kind what lies there
 * @param identity tells it, with its signature, from whatever else was or will be under this name;
 *     a hash in hex, made without reading any content
 */
record Entry(String name, Kind kind, String identity) {

  /** What a candidate may be. */
  enum Kind {
    /** One file, which is executed. */
    PROGRAM,
    /** A directory with the program in it. */
    TREE
  }
}
