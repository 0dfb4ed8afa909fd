package org.spoolway.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.spoolway.trust.TrustedKeys;

/**
 * {@code [source]}.
 *
 * @param place where releases lie, and in which form
 * @param channel which versions are taken
 * @param pin a pattern such as {@code 3.1.*} that narrows the channel, or null
 * @param trust public keys, one of which must have signed a release, once there is any
 * @param trustRoot the file that says who may sign {@code channel.json}, which then tells which
 *     releases there are; or null
 */
public record Source(
    Place place,
    Channel channel,
    @Nullable String pin,
    TrustedKeys trust,
    @Nullable Path trustRoot) {

  /** Whether somebody has to answer for each release. */
  public boolean isSigned() {
    return !trust.isEmpty() || trustRoot != null;
  }

  /** The address that people know it by. */
  public String url() {
    return place.url();
  }
}
