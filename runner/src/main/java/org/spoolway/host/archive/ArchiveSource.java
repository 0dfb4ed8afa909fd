package org.spoolway.host.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.host.unpack.AbandonedException;
import org.spoolway.host.unpack.ArchiveLimits;
import org.spoolway.host.unpack.ArchiveTree;
import org.spoolway.host.unpack.UnusableArchiveException;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.Place;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * Releases are archives in a directory, of this host or of a server, or among the files of the
 * releases of a forge.
 */
public final class ArchiveSource implements Sources {

  private final Place.Archives place;
  private final Catalogue catalogue;
  private final FetchedArchive fetched;

  private ArchiveSource(Place.Archives place, Catalogue catalogue, StateDir state) {
    this.place = place;
    this.catalogue = catalogue;
    this.fetched = new FetchedArchive(state.archives());
  }

  /**
   * A source whose files are the releases; nothing is asked or written yet.
   *
   * @param trust whose archives are unpacked; anybody's when there are none
   * @param state where the archive in hand is kept
   * @param web reaches servers
   */
  public static ArchiveSource ofFiles(
      Place.Archives place, TrustedKeys trust, StateDir state, Web web) {
    Catalogue catalogue = new FileCatalogue(shelf(place, web), place.names(), trust);
    return new ArchiveSource(place, catalogue, state);
  }

  /**
   * A source in which a signed list tells the releases; nothing is asked or written yet.
   *
   * @param trustRoot the file that says who may sign the list
   * @param state where the archive in hand is kept, and what was believed
   * @param web reaches servers
   * @param clock by which it is judged what has expired
   */
  public static ArchiveSource ofChannel(
      Place.Archives place, Path trustRoot, StateDir state, Web web, Clock clock) {
    KeptTrust kept = new KeptTrust(trustRoot, state.channelTrust());
    return new ArchiveSource(place, new ChannelCatalogue(shelf(place, web), kept, clock), state);
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
    return catalogue.candidates(errand("list the releases of " + place.url()));
  }

  @Override
  public void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException {
    String action = "fetch release " + candidate.version() + " from " + place.url();
    Errand errand = new Errand(action, progress, interruption);
    interruption.check(action);
    try (ProcessLock held = fetched.hold(errand)) {
      bring(candidate, errand, held);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, fetched.directory());
    }
    progress.at(1.0, candidate.tag());
  }

  /**
   * Brings an archive unless it is here.
   *
   * @param held from the first byte until all was looked at: who else has the file open could
   *     change it after that
   */
  private void bring(Candidate candidate, Errand errand, ProcessLock held)
      throws ProblemException, IOException {
    held.require();
    if (!Files.exists(fetched.of(candidate))) {
      catalogue.bring(candidate, fetched.arriving(candidate), errand);
      fetched.arrived(candidate);
    }
  }

  @Override
  public Signed signer(Candidate candidate, TrustedKeys trust) throws ProblemException {
    Errand errand = errand("read the signature of release " + candidate.version());
    return catalogue.signer(candidate, trust, fetched.of(candidate), errand);
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
    ArchiveTree tree =
        new ArchiveTree(
            fetched.of(candidate),
            ArchiveFormat.of(candidate.tag()).orElseThrow(),
            place.names().directories(candidate.version()),
            new ArchiveLimits(place.mostBytes(), place.limit()));
    try (ProcessLock held = fetched.hold(errand)) {
      bring(candidate, errand, held);
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
    return catalogue.notes(candidate, errand("read the notes of release " + candidate.version()));
  }

  private static Errand errand(String action) {
    return new Errand(action, Progress.NONE, new Interruption());
  }
}
