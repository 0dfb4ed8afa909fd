package org.spoolway.journal;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.SchemaJson;

/**
 * The form of a journal, which its first entry says: the kinds of entries, their fields, and the
 * names of steps. Whoever changes that raises {@link #KNOWN} in one release and {@link #BEGUN} in
 * the next, so that a runner which is put back can read what the next one has begun meanwhile; and
 * keeps a journal of the form before among the tests, since those of the last two releases are
 * read.
 */
final class JournalFormat {

  /** The newest that this program reads. 1 is that of journals which do not say it. */
  static final int KNOWN = 2;

  /** Of journals that this program begins. */
  static final int BEGUN = 2;

  private JournalFormat() {}

  private record Head(@Nullable Integer format) {}

  /** The form of a journal with this first entry; {@link #KNOWN} when that is no entry at all. */
  static int of(byte[] json) {
    try {
      Integer format = SchemaJson.state(json, Head.class).format();
      return format == null ? 1 : format;
    } catch (SchemaJson.Malformed damaged) {
      return KNOWN;
    }
  }
}
