package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.channel.ChannelTrust;
import org.spoolway.channel.ChannelTrust.Accepted;
import org.spoolway.channel.RefusedFileException;
import org.spoolway.channel.RootFile;
import org.spoolway.channel.SignedFile;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.Sources.Offer;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * A signed list tells the releases, and what each archive is. Whoever owns the server can keep it
 * back, which is noticed when it expires, and do nothing else.
 *
 * <pre>
 * channel.json, channel.json.minisig        the list
 * 2.root.json, 2.root.json.minisig …        who may sign it, from one to the next
 * </pre>
 */
final class ChannelCatalogue implements Catalogue {

  /** So many roots are followed at a time; a server must not keep a host busy for ever. */
  private static final int MOST_ROOTS = 32;

  private final Shelf shelf;
  private final KeptTrust kept;
  private final Clock clock;

  private volatile @Nullable Accepted believed;

  /**
   * Asks nothing yet.
   *
   * @param kept what was believed so far
   * @param clock by which it is judged what has expired
   */
  ChannelCatalogue(Shelf shelf, KeptTrust kept, Clock clock) {
    this.shelf = shelf;
    this.kept = kept;
    this.clock = clock;
  }

  @Override
  public List<Candidate> candidates(Errand errand) throws ProblemException {
    return believe(errand).channel().releases().stream()
        .map(
            release ->
                new Candidate(release.version(), release.file(), release.sha256(), offer(release)))
        .toList();
  }

  private static Offer offer(Release release) {
    return new Offer(release.from(), release.hosts(), release.yanked());
  }

  /** Looks what is said now; what is believed of it is never taken back, also after a power cut. */
  private synchronized Accepted believe(Errand errand) throws ProblemException {
    shelf.forget();
    ChannelTrust trust = kept.read();
    try {
      ChannelTrust current = followed(trust, errand);
      Accepted accepted = current.accept(list(errand), clock.instant());
      kept.write(accepted.trust());
      believed = accepted;
      return accepted;
    } catch (RefusedFileException refused) {
      throw Problems.refused(errand.action(), refused);
    }
  }

  private ChannelTrust followed(ChannelTrust trust, Errand errand)
      throws ProblemException, RefusedFileException {
    ChannelTrust current = trust;
    for (int i = 0; i < MOST_ROOTS; i++) {
      String next = RootFile.name(current.root().version() + 1);
      Optional<byte[]> content = shelf.read(next, errand);
      if (content.isEmpty()) {
        return current;
      }
      current = current.follow(signed(next, content.get(), errand));
      // Whatever becomes of those that follow: a key that was exchanged must not come back.
      kept.write(current);
    }
    return current;
  }

  private SignedFile list(Errand errand) throws ProblemException, RefusedFileException {
    byte[] content =
        shelf
            .read(ChannelFile.NAME, errand)
            .orElseThrow(() -> Problems.noChannel(errand.action(), ChannelFile.NAME));
    return signed(ChannelFile.NAME, content, errand);
  }

  private SignedFile signed(String name, byte[] content, Errand errand)
      throws ProblemException, RefusedFileException {
    String signatures = name + SignedFile.SIGNATURES;
    return new SignedFile(
        name,
        content,
        shelf
            .read(signatures, errand)
            .orElseThrow(() -> Problems.noChannel(errand.action(), signatures)));
  }

  @Override
  public void bring(Candidate candidate, Path into, Errand errand)
      throws ProblemException, IOException {
    Release release = release(candidate, errand);
    shelf.bring(release.file(), Shelf.ANYTHING, into, errand);
    if (Files.size(into) != release.length() || !Checksum.of(into).equals(release.sha256())) {
      Files.delete(into);
      throw Problems.notAsListed(
          errand.action(), release.file() + " is not what " + ChannelFile.NAME + " says");
    }
  }

  private Release release(Candidate candidate, Errand errand) throws ProblemException {
    return known(errand)
        .channel()
        .release(candidate.version())
        .filter(release -> release.sha256().equals(candidate.object()))
        .orElseThrow(
            () ->
                Problems.notAsListed(
                    errand.action(),
                    ChannelFile.NAME + " has no such " + candidate.version() + " any more"));
  }

  /** What was believed last; after a restart that is looked for anew. */
  private Accepted known(Errand errand) throws ProblemException {
    Accepted last = believed;
    return last == null ? believe(errand) : last;
  }

  @Override
  public Signed signer(Candidate candidate, TrustedKeys trust, Path fetched, Errand errand)
      throws ProblemException {
    Release release = release(candidate, errand);
    Accepted list = known(errand);
    String signers =
        list.signers().stream().map(MinisignKey::name).collect(Collectors.joining(" and the "));
    return new Signed(
        signers + ", in number " + list.channel().counter() + " of " + ChannelFile.NAME,
        release.file() + " in " + ChannelFile.NAME,
        release.sha256());
  }

  @Override
  public String notes(Candidate candidate, Errand errand) throws ProblemException {
    return release(candidate, errand).changes().stream()
        .map(change -> change.reason() == null ? change.text() : because(change))
        .collect(Collectors.joining("\n"));
  }

  private static String because(ChannelFile.Change change) {
    return change.text() + " (" + change.reason() + ")";
  }
}
