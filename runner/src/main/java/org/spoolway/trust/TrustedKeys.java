package org.spoolway.trust;

import java.util.List;
import java.util.Optional;

/**
 * The keys of a deployment; the word of any one of them is enough.
 *
 * @param all in the order of the deployment file
 */
public record TrustedKeys(List<TrustedKey> all) {

  /** No keys: whatever the source offers is taken as it is. */
  public static final TrustedKeys NONE = new TrustedKeys(List.of());

  /** Keys are copied. */
  public TrustedKeys {
    all = List.copyOf(all);
  }

  /** Whether nobody has to sign. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The SSH key with a fingerprint such as {@code SHA256:…}, or empty. */
  public Optional<SshKey> ssh(String fingerprint) {
    return of(SshKey.class).stream().filter(key -> key.fingerprint().equals(fingerprint)).findAny();
  }

  /** The key of minisign with a number such as {@code 64CE1A4B5C6D7E8F}, or empty. */
  public Optional<MinisignKey> minisign(String id) {
    return of(MinisignKey.class).stream().filter(key -> key.id().equals(id)).findAny();
  }

  /** The OpenPGP keys. */
  public List<OpenPgpKey> openPgp() {
    return of(OpenPgpKey.class);
  }

  private <T extends TrustedKey> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
