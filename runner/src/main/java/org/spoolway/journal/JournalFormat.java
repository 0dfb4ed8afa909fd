package org.spoolway.journal;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.SchemaJson;

/**
 * The form of a journal, which its first entry says. Whoever adds a kind of entry or a field raises
 * {@link #CURRENT} and keeps a journal of the form before among the tests: those of the last two
 * releases are read. What a journal was begun in it stays in, so that a runner which is put back
 * can go on with its own.
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
