package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.archive.ProcessLock;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/**
 * Finds out what each entry is. A new one is copied, its signature is checked on the copy, and only
 * then is the copy asked for its version.
 */
final class Look {

  private static final Logger LOG = LoggerFactory.getLogger(Look.class);

  private final CandidateDirectory directory;
  private final Copying copying;
  private final TrustedKeys trust;
  private final Memory memory;
  private final Desk desk;
  private final VersionQuestion question;

  Look(
      CandidateDirectory directory,
      Copying copying,
      TrustedKeys trust,
      Memory memory,
      Desk desk,
      VersionQuestion question) {
    this.directory = directory;
    this.copying = copying;
    this.trust = trust;
    this.memory = memory;
    this.desk = desk;
    this.question = question;
  }

  /**
   * Looks at all of them, and asks again of whom nothing could be told before.
   *
   * @param held so that nobody else looks meanwhile
   * @return in the order of their names
   */
  List<Found> anew(ProcessLock held) throws ProblemException, IOException {
    return all(held, found -> !found.unsettled());
  }

  /** Looks at all of them, and asks only what the last look has not seen. */
  List<Found> all(ProcessLock held) throws ProblemException, IOException {
    return all(held, found -> true);
  }

  private List<Found> all(ProcessLock held, Predicate<Found> counts)
      throws ProblemException, IOException {
    held.require();
    clear();
    List<Found> before = memory.read();
    Map<String, Found> known =
        before.stream().filter(counts).collect(Collectors.toMap(Found::name, Function.identity()));
    List<Found> all = new ArrayList<>();
    for (Entry entry : directory.entries()) {
      Found found = known.get(entry.name());
      all.add(found != null && found.isOf(entry) ? found : look(entry));
    }
    if (!all.equals(before)) {
      memory.write(all);
    }
    return all;
  }

  private void clear() throws IOException {
    if (desk.isLeft()) {
      question.endAll();
      desk.clear();
    }
  }

  private Found look(Entry entry) throws ProblemException, IOException {
    Found found;
    try {
      found = ask(entry);
    } catch (UnusableCandidateException unusable) {
      found = Found.refused(entry, unusable.reason());
    } catch (SignatureException refused) {
      found = Found.refused(entry, refused.observed());
    } catch (UnsettledException unsettled) {
      found = Found.unsettled(entry, unsettled.reason());
    } finally {
      desk.clear();
    }
    if (found.refused() != null) {
      LOG.warn("{} is not taken: {}", directory.path().resolve(entry.name()), found.refused());
    }
    return found;
  }

  private Found ask(Entry entry)
      throws UnusableCandidateException,
          UnsettledException,
          SignatureException,
          ProblemException,
          IOException {
    PrivateCopy copy = copied(entry, desk.prepare());
    String signer = null;
    Version signed = null;
    if (!trust.isEmpty()) {
      signer = CandidateSignature.signer(copy, entry, trust).name();
      signed = CandidateSignature.version(entry.name(), copying.executable());
    }
    Version told = question.of(copy.release());
    requireSigned(signed, told);
    return Found.release(entry, told, copy.object(), signer);
  }

  /** Whoever can exchange what is copied must not end the look; a full disk does. */
  private PrivateCopy copied(Entry entry, Path into)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    try {
      return copying.copy(entry, into, "copy " + entry.name(), Progress.NONE, new Interruption());
    } catch (IOException e) {
      if (FreeBytes.haveRunOut(into.resolveSibling(""))) {
        throw e;
      }
      throw new UnsettledException(IoReason.of(e));
    }
  }

  private static void requireSigned(@Nullable Version signed, Version told)
      throws UnusableCandidateException {
    if (signed != null && !signed.equals(told)) {
      throw new UnusableCandidateException("it is signed as " + signed + " and tells " + told);
    }
  }
}
