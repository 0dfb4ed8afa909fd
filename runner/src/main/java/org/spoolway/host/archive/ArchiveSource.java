package org.spoolway.host.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources;
import org.spoolway.host.archive.Signatures.Claim;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.host.unpack.AbandonedException;
import org.spoolway.host.unpack.ArchiveLimits;
import org.spoolway.host.unpack.ArchiveTree;
import org.spoolway.host.unpack.UnusableArchiveException;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.Place;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * Releases are archives in a directory, of this host or of a server, or among the files of the
 * releases of a forge.
 *
 * <pre>
 * SHA256SUMS                    on a server: which files there are
 * notes-1.2.0.tar.gz            the release
 * notes-1.2.0.tar.gz.minisig    its signature, needed once there are keys to trust
 * notes-1.2.0.md                what its maker says of it; or .txt
 * notes-1.2.0.md.minisig        without it that is not shown, once there are keys to trust
 * </pre>
 */
public final class ArchiveSource implements Sources {

  private final Place.Archives place;
  private final Shelf shelf;
  private final TrustedKeys trust;
  private final FetchedArchive fetched;

  /** What was there when it was last asked, so that it is not asked again for each release. */
  private volatile Set<String> listed = Set.of();

  /**
   * A source; nothing is asked or written yet.
   *
   * @param trust whose archives are unpacked; anybody's when there are none
   * @param state where the archive in hand is kept
   * @param web reaches servers
   */
  public ArchiveSource(Place.Archives place, TrustedKeys trust, StateDir state, Web web) {
    this.place = place;
    this.shelf = shelf(place, web);
    this.trust = trust;
    this.fetched = new FetchedArchive(state.archives());
  }

  private static Shelf shelf(Place.Archives place, Web web) {
    if (place.forge() != null) {
      return new ForgeShelf(place.url(), place.forge(), place.names(), web);
    }
    return place.url().startsWith("file:")
        ? new DirectoryShelf(Path.of(URI.create(place.url())), place.mostBytes())
        : new WebShelf(place.url(), web);
  }

  @Override
  public List<Candidate> candidates() throws ProblemException {
    Map<String, String> files = shelf.files(errand("list the releases of " + place.url()));
    listed = files.keySet();
    Map<Version, Candidate> candidates = new HashMap<>();
    for (Map.Entry<String, String> file :
        files.entrySet().stream().sorted(Map.Entry.comparingByKey(preferred())).toList()) {
      String name = file.getKey();
      Optional<Version> version = place.names().version(name);
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

  @Override
  public void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException {
    String action = "fetch release " + candidate.version() + " from " + place.url();
    Errand errand = new Errand(action, progress, interruption);
    interruption.check(action);
    try {
      if (!Files.exists(fetched.of(candidate))) {
        bring(candidate, errand);
      }
    } catch (IOException e) {
      throw Problems.unwritten(action, e, fetched.directory());
    }
    progress.at(1.0, candidate.tag());
  }

  /** What turns out to be nobody's goes again, before a byte of it is unpacked. */
  private void bring(Candidate candidate, Errand errand) throws ProblemException, IOException {
    Path arriving = fetched.arriving(candidate);
    shelf.bring(candidate.tag(), candidate.object(), arriving, errand);
    if (!trust.isEmpty()) {
      try (InputStream content = Files.newInputStream(arriving)) {
        new Signatures(shelf).of(candidate.tag(), trust, errand).requireOf(content);
      } catch (SignatureException refused) {
        Files.delete(arriving);
        throw Problems.untrusted(candidate, refused);
      }
    }
    fetched.arrived(candidate);
  }

  @Override
  public Signed signer(Candidate candidate, TrustedKeys trust) throws ProblemException {
    Errand errand = errand("read the signature of release " + candidate.version());
    try {
      Claim claim = new Signatures(shelf).of(candidate.tag(), trust, errand);
      Optional<InputStream> content = atHand(candidate, errand);
      if (content.isPresent()) {
        try (InputStream archive = content.get()) {
          claim.requireOf(archive);
        }
      }
      return new Signed(claim.by(), candidate.tag(), claim.signature().fingerprint());
    } catch (SignatureException refused) {
      throw Problems.untrusted(candidate, refused);
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  /** An archive that is on this host; whatever a server has is looked at once it was fetched. */
  private Optional<InputStream> atHand(Candidate candidate, Errand errand)
      throws ProblemException, IOException {
    Path archive = fetched.of(candidate);
    return Files.exists(archive)
        ? Optional.of(Files.newInputStream(archive))
        : shelf.open(candidate.tag(), errand);
  }

  @Override
  public void export(Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException {
    Unpacking<Path> unpacking =
        tree -> {
          tree.write(into, progress, interruption);
          return into;
        };
    Errand errand = new Errand("unpack " + candidate.tag() + " to " + into, progress, interruption);
    unpacked(candidate, unpacking, errand, into.toAbsolutePath().resolveSibling(""));
  }

  @Override
  public Map<String, String> files(Candidate candidate, String directory) throws ProblemException {
    Errand errand = errand("read " + directory + " of release " + candidate.version());
    Unpacking<Map<String, String>> unpacking = tree -> tree.texts(directory, errand.interruption());
    return unpacked(candidate, unpacking, errand, fetched.directory());
  }

  /** What is made of an archive's tree. */
  private interface Unpacking<T> {
    T of(ArchiveTree tree) throws UnusableArchiveException, AbandonedException, IOException;
  }

  private <T> T unpacked(Candidate candidate, Unpacking<T> unpacking, Errand errand, Path written)
      throws ProblemException {
    fetch(candidate, Progress.NONE, errand.interruption());
    ArchiveTree tree =
        new ArchiveTree(
            fetched.of(candidate),
            ArchiveFormat.of(candidate.tag()).orElseThrow(),
            place.names().directories(candidate.version()),
            new ArchiveLimits(place.mostBytes(), place.limit()));
    try {
      return unpacking.of(tree);
    } catch (UnusableArchiveException refused) {
      throw Problems.unusable(errand.action(), refused);
    } catch (AbandonedException e) {
      throw errand.interruption().ended(errand.action());
    } catch (IOException e) {
      throw Problems.unwritten(errand.action(), e, written);
    }
  }

  @Override
  public String notes(Candidate candidate) throws ProblemException {
    Errand errand = errand("read the notes of release " + candidate.version());
    Set<String> files = listed.isEmpty() ? shelf.files(errand).keySet() : listed;
    return new ReleaseNotes(shelf, trust).of(candidate.tag(), files, errand);
  }

  private static Errand errand(String action) {
    return new Errand(action, Progress.NONE, new Interruption());
  }
}
