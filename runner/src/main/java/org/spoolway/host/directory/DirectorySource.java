package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Limits;
import org.spoolway.host.Commands.Network;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources;
import org.spoolway.host.archive.ProcessLock;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.Place;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/** Releases are the candidates in a directory of this host. */
public final class DirectorySource implements Sources {

  private static final Logger LOG = LoggerFactory.getLogger(DirectorySource.class);

  /** Longer than any disk takes to open a file, or to read a portion of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than any program takes to tell its version. */
  private static final Limits LIMITS = new Limits(1L << 30, 256, 20);

  private static final int MOST_TEXT = 64 << 10;

  private final Place.Directory place;
  private final TrustedKeys trust;
  private final Path state;
  private final CandidateDirectory directory;
  private final Copying copying;
  private final Memory memory;
  private final FetchedCopy fetched;
  private final Path questions;
  private final Look look;
  private volatile Offered offered = new Offered(List.of(), List.of(), List.of());

  /**
   * The host, as far as a program needs it that is asked for its version.
   *
   * @param application beside whose releases a program lies that another account asks
   * @param commands run it
   */
  public record Host(ApplicationDir application, Commands commands, Accounts accounts) {}

  /**
   * A source; nothing is looked at or written yet.
   *
   * @param trust who must have signed what is asked; nobody when there are none
   * @param state where it is kept what was found, and the candidate in hand
   */
  public DirectorySource(Place.Directory place, TrustedKeys trust, StateDir state, Host host) {
    this(place, trust, state, host, PATIENCE);
  }

  /**
   * One for tests.
   *
   * @param patience for how long a copy may not get on
   */
  DirectorySource(
      Place.Directory place, TrustedKeys trust, StateDir state, Host host, Duration patience) {
    this.place = place;
    this.trust = trust;
    this.state = state.candidates();
    this.directory = new CandidateDirectory(place);
    this.copying = new Copying(directory, place.executable(), place.mostBytes(), patience);
    this.memory = new Memory(this.state.resolve("seen.json"), place, trust);
    this.fetched = new FetchedCopy(this.state.resolve("fetched"), memory.question());
    // A unit of systemd is called as this directory, and no deployment has a dot in its name.
    this.questions = this.state.resolve(state.path().getFileName() + ".questions");
    Desk desk = Desk.of(place.user(), state, host.application(), host.accounts());
    VersionQuestion question =
        new VersionQuestion(host.commands(), place, questions, confinement(host.application()));
    this.look = new Look(directory, copying, trust, memory, desk, question);
  }

  private static Confinement confinement(ApplicationDir application) {
    List<Path> hidden = List.of(application.snapshots(), application.shared());
    return new Confinement(List.of(), hidden, null, Network.NONE, LIMITS);
  }

  @Override
  public List<Candidate> candidates() throws ProblemException {
    String action = "ask the candidates in " + place.url();
    try (ProcessLock held = hold(action, new Interruption())) {
      return offer(held).candidates();
    } catch (IOException e) {
      throw Problems.unwritten(action, e, state);
    }
  }

  @Override
  public List<String> refused() {
    Offered last = offered;
    return Stream.of(last.refused(), last.ambiguous()).flatMap(List::stream).toList();
  }

  private Offered offer(ProcessLock held) throws ProblemException, IOException {
    Offered before = offered;
    offered = Offered.of(look.anew(held));
    offered.ambiguous().stream()
        .filter(it -> !before.ambiguous().contains(it))
        .forEach(it -> LOG.warn("neither is taken: {}", it));
    return offered;
  }

  private ProcessLock hold(String action, Interruption interruption)
      throws ProblemException, IOException {
    Path lock = state.resolveSibling(state.getFileName() + ".lock");
    ProcessLock held = ProcessLock.take(lock, action, interruption);
    try {
      Files.createDirectories(
          questions,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return held;
    } catch (IOException e) {
      held.close();
      throw e;
    }
  }

  @Override
  public void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException {
    String action = "fetch candidate " + candidate.tag() + " from " + place.url();
    interruption.check(action);
    try (ProcessLock held = hold(action, interruption)) {
      bring(candidate, action, progress, interruption, held);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, state);
    }
    progress.at(1.0, candidate.tag());
  }

  /**
   * Brings a candidate unless it is here.
   *
   * @param held so that it stays while it is used
   */
  private Path bring(
      Candidate candidate,
      String action,
      Progress progress,
      Interruption interruption,
      ProcessLock held)
      throws ProblemException, IOException {
    held.require();
    if (!fetched.has(candidate)) {
      Entry entry =
          directory
              .entry(candidate.tag())
              .orElseThrow(() -> Problems.changed(action, "it is not there any more"));
      try {
        PrivateCopy copy =
            copying.copy(entry, fetched.arriving(candidate), action, progress, interruption);
        requireSame(candidate, copy, action);
        String signer = trust.isEmpty() ? "" : CandidateSignature.signer(copy, entry, trust).name();
        fetched.arrived(candidate, signer, interruption);
      } catch (UnusableCandidateException unusable) {
        throw Problems.unusable(action, unusable.reason());
      } catch (UnsettledException unsettled) {
        throw Problems.changed(action, unsettled.reason());
      } catch (SignatureException refused) {
        throw Problems.untrusted(candidate, refused.observed());
      }
    }
    return fetched.release(candidate);
  }

  /** What was found under this name before is not true any more. */
  private void requireSame(Candidate candidate, PrivateCopy copy, String action)
      throws ProblemException, IOException {
    if (!copy.object().equals(candidate.object())) {
      memory.forget(candidate.tag());
      throw Problems.changed(action, "it is another by now");
    }
  }

  @Override
  public void export(Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException {
    String action = "write candidate " + candidate.tag() + " to " + into;
    interruption.check(action);
    try (ProcessLock held = hold(action, interruption)) {
      Path release = bring(candidate, action, progress, interruption, held);
      CopyMeter meter = new CopyMeter(action, Long.MAX_VALUE, progress, interruption);
      try (DirectoryStream<Path> opened = Files.newDirectoryStream(release)) {
        new TreeCopy(release, meter).tree(TreeCopy.secure(opened), into);
      }
    } catch (UnusableCandidateException unusable) {
      throw Problems.unusable(action, unusable.reason());
    } catch (IOException e) {
      throw Problems.unwritten(action, e, into.toAbsolutePath().resolveSibling(""));
    }
    progress.at(1.0, candidate.tag());
  }

  @Override
  public String notes(Candidate candidate) throws ProblemException {
    String action = "read the notes of candidate " + candidate.tag();
    try (ProcessLock held = hold(action, new Interruption())) {
      held.require();
      SmallFiles files = new SmallFiles(copying, state.resolve("notes"));
      return new CandidateNotes(files, trust).of(candidate.tag());
    } catch (IOException e) {
      throw Problems.unread(action, e);
    }
  }

  /** What was found out when it was asked is not asked again, as long as it is the same. */
  @Override
  public Signed signer(Candidate candidate, TrustedKeys keys) throws ProblemException {
    if (!keys.equals(trust)) {
      throw new IllegalArgumentException("candidates are asked for the deployment's own keys");
    }
    String action = "find out who has signed candidate " + candidate.tag();
    try (ProcessLock held = hold(action, new Interruption())) {
      if (fetched.has(candidate)) {
        return new Signed(fetched.signer(candidate), candidate.object());
      }
      Found found =
          look.all(held).stream()
              .filter(it -> it.name().equals(candidate.tag()))
              .findFirst()
              .orElseThrow(() -> Problems.changed(action, "it is not there any more"));
      if (found.refused() != null) {
        throw Problems.untrusted(candidate, found.refused());
      } else if (!candidate.object().equals(found.object()) || found.signer() == null) {
        throw Problems.changed(action, "it is another by now");
      }
      return new Signed(found.signer(), candidate.object());
    } catch (IOException e) {
      throw Problems.unwritten(action, e, state);
    }
  }

  @Override
  public Map<String, String> files(Candidate candidate, String directory) throws ProblemException {
    String action = "read " + directory + " of candidate " + candidate.tag();
    try (ProcessLock held = hold(action, new Interruption())) {
      Path release = bring(candidate, action, Progress.NONE, new Interruption(), held);
      return texts(release.resolve(directory), action);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, state);
    }
  }

  private static Map<String, String> texts(Path directory, String action)
      throws ProblemException, IOException {
    Map<String, String> texts = new HashMap<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          if (Files.size(file) > MOST_TEXT) {
            throw Problems.unusable(action, file.getFileName() + " is longer than 64 KiB");
          }
          byte[] text = Files.readAllBytes(file);
          texts.put(file.getFileName().toString(), new String(text, StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }
}
