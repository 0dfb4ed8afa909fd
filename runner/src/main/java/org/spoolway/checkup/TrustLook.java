package org.spoolway.checkup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;
import org.spoolway.trust.TrustedKey;

/** Looks at the keys that releases must be signed with: nobody should learn by a failed update. */
final class TrustLook {

  /** Enough for the maker to renew a key and for somebody to bring it here. */
  private static final Duration NOTICE = Duration.ofDays(30);

  private TrustLook() {}

  static void at(Findings findings, Site site) {
    List<TrustedKey> keys = site.deployment().source().trust().all();
    Instant now = site.clock().instant();
    if (!keys.isEmpty()) {
      findings.look("trust", () -> judge(keys, now));
    }
  }

  private static String judge(List<TrustedKey> keys, Instant now) throws ProblemException {
    for (TrustedKey key : keys) {
      if (!key.countsAt(now)) {
        throw expiring(key, "it has expired");
      } else if (!key.countsAt(now.plus(NOTICE))) {
        throw expiring(key, "it expires within " + NOTICE.toDays() + " days");
      }
    }
    return keys.stream().map(TrustedKey::name).collect(Collectors.joining("; "));
  }

  private static ProblemException expiring(TrustedKey key, String observed) {
    return new ProblemException(
        Problem.SIGNATURE_REFUSED,
        "cannot go on trusting the " + key.name() + ": " + observed,
        "Ask its owner for the renewed key (`gpg --armor --export`) and put that into"
            + " `source.trust`, or remove the key there.",
        null);
  }
}
