package org.spoolway.host.directory;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Version;

/**
 * What came of looking at an entry once.
 *
 * @param name the entry's
 * @param identity the entry's, as it was then
 * @param version which it tells, or null when it is refused
 * @param object what tells its content from any other, or null when it is refused
 * @param signer who has signed it, as people know the key; null when nobody had to, or it is
 *     refused
 * @param refused why it is no release, as the end of a sentence; null when it is one
 * @param unsettled whether it is refused only for now, such as by a host that was too busy
 */
record Found(
    String name,
    String identity,
    @Nullable Version version,
    @Nullable String object,
    @Nullable String signer,
    @Nullable String refused,
    boolean unsettled) {

  static Found release(Entry entry, Version version, String object, @Nullable String signer) {
    return new Found(entry.name(), entry.identity(), version, object, signer, null, false);
  }

  static Found refused(Entry entry, String reason) {
    return new Found(entry.name(), entry.identity(), null, null, null, reason, false);
  }

  static Found unsettled(Entry entry, String reason) {
    return new Found(entry.name(), entry.identity(), null, null, null, reason, true);
  }

  /** Whether it is of the very entry. */
  boolean isOf(Entry entry) {
    return name.equals(entry.name()) && identity.equals(entry.identity());
  }
}
