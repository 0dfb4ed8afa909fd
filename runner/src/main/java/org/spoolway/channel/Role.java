package org.spoolway.channel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.spoolway.schema.SchemaJson.Malformed;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKey.UnusableKeyException;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.wording.Quoted;

/**
 * Who may sign something together.
 *
 * @param threshold how many of them must
 * @param keys their public keys, as {@code minisign -G} prints them
 */
public record Role(int threshold, List<String> keys) {

  /** More would only cost time. */
  static final int MOST_KEYS = 16;

  /** Sees that it can be fulfilled, and by different people. */
  void require(String name) throws Malformed {
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new Malformed(
          Quoted.of(name + ".keys") + " has " + keys.size() + " keys, not 1 to " + MOST_KEYS);
    }
    if (threshold < 1 || threshold > keys.size()) {
      throw new Malformed(
          Quoted.of(name + ".threshold") + " is " + threshold + ", not 1 to " + keys.size());
    }
    Set<String> ids = new HashSet<>();
    Set<String> points = new HashSet<>();
    for (String text : keys) {
      try {
        if (!(TrustedKey.parse(text) instanceof MinisignKey key)) {
          throw new Malformed(Quoted.of(name + ".keys") + " has a key that is not minisign's");
        }
        boolean isNewId = ids.add(key.id());
        if (!points.add(key.point()) || !isNewId) {
          // Counted twice, one signature would be two.
          throw new Malformed(Quoted.of(name + ".keys") + " has the " + key.name() + " twice");
        }
      } catch (UnusableKeyException e) {
        throw new Malformed(
            Quoted.of(name + ".keys") + " has " + Quoted.of(text) + ", which is " + e.observed());
      }
    }
  }

  /** Its keys, of one that was looked at by {@link #require}. */
  TrustedKeys trusted() {
    return new TrustedKeys(keys.stream().map(Role::key).toList());
  }

  /** Their numbers. */
  Set<String> ids() {
    return trusted().all().stream()
        .map(key -> ((MinisignKey) key).id())
        .collect(Collectors.toSet());
  }

  private static TrustedKey key(String text) {
    try {
      return TrustedKey.parse(text);
    } catch (UnusableKeyException e) {
      throw new IllegalStateException("it was looked at before", e);
    }
  }
}
