package org.spoolway.host.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.archive.Signatures.Claim;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.ArchiveNames;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * The files that lie there are the releases, each with its signature beside it.
 *
 * <pre>
 * notes-1.2.0.tar.gz            the release
 * notes-1.2.0.tar.gz.minisig    its signature, needed once there are keys to trust
 * notes-1.2.0.md                what its maker says of it; or .txt
 * notes-1.2.0.md.minisig        without it that is not shown, once there are keys to trust
 * </pre>
 */
final class FileCatalogue implements Catalogue {

  private final Shelf shelf;
  private final ArchiveNames names;
  private final TrustedKeys trust;

  /** What was there when it was last asked, so that it is not asked again for each release. */
  private volatile Set<String> listed = Set.of();

  /**
   * Asks nothing yet.
   *
   * @param trust whose archives are brought; anybody's when there are none
   */
  FileCatalogue(Shelf shelf, ArchiveNames names, TrustedKeys trust) {
    this.shelf = shelf;
    this.names = names;
    this.trust = trust;
  }

  @Override
  public List<Candidate> candidates(Errand errand) throws ProblemException {
    Map<String, String> files = shelf.files(errand);
    listed = files.keySet();
    Map<Version, Candidate> candidates = new HashMap<>();
    for (Map.Entry<String, String> file :
        files.entrySet().stream().sorted(Map.Entry.comparingByKey(preferred())).toList()) {
      String name = file.getKey();
      Optional<Version> version = names.version(name);
      if (version.isPresent()) {
        candidates.putIfAbsent(version.get(), new Candidate(version.get(), name, file.getValue()));
      }
    }
    return new ArrayList<>(candidates.values());
  }

  private static Comparator<String> preferred() {
    Comparator<String> byFormat =
        Comparator.comparing(name -> ArchiveFormat.of(name).map(Enum::ordinal).orElse(-1));
    return byFormat.thenComparing(Comparator.naturalOrder());
  }

  /** What turns out to be nobody's goes again, before a byte of it is unpacked. */
  @Override
  public void bring(Candidate candidate, Path into, Errand errand)
      throws ProblemException, IOException {
    shelf.bring(candidate.tag(), candidate.object(), into, errand);
    if (!trust.isEmpty()) {
      try (InputStream content = Files.newInputStream(into)) {
        new Signatures(shelf).of(candidate.tag(), trust, errand).requireOf(content);
      } catch (SignatureException refused) {
        Files.delete(into);
        throw Problems.untrusted(candidate, refused);
      }
    }
  }

  @Override
  public Signed signer(Candidate candidate, TrustedKeys trust, Path fetched, Errand errand)
      throws ProblemException {
    try {
      Claim claim = new Signatures(shelf).of(candidate.tag(), trust, errand);
      Optional<InputStream> content = atHand(candidate, fetched, errand);
      if (content.isPresent()) {
        try (InputStream archive = content.get()) {
          claim.requireOf(archive);
        }
      }
      return new Signed(claim.by().name(), candidate.tag(), claim.signature().fingerprint());
    } catch (SignatureException refused) {
      throw Problems.untrusted(candidate, refused);
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  /** An archive that is on this host; whatever a server has is looked at once it was fetched. */
  private Optional<InputStream> atHand(Candidate candidate, Path fetched, Errand errand)
      throws ProblemException, IOException {
    return Files.exists(fetched)
        ? Optional.of(Files.newInputStream(fetched))
        : shelf.open(candidate.tag(), errand);
  }

  @Override
  public String notes(Candidate candidate, Errand errand) throws ProblemException {
    Set<String> files = listed.isEmpty() ? shelf.files(errand).keySet() : listed;
    return new ReleaseNotes(shelf, trust).of(candidate.tag(), files, errand);
  }
}
