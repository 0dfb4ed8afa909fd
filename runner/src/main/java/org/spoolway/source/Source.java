package org.spoolway.source;

import org.jspecify.annotations.Nullable;
import org.spoolway.trust.TrustedKeys;

/**
 * {@code [source]}.
 *
 * @param place where releases lie, and in which form
 * @param channel which versions are taken
 * @param pin a pattern such as {@code 3.1.*} that narrows the channel, or null
 * @param trust public keys, one of which must have signed a release, once there is any
 */
public record Source(Place place, Channel channel, @Nullable String pin, TrustedKeys trust) {

  /** The address that people know it by. */
  public String url() {
    return place.url();
  }
}
