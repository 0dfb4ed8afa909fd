package org.spoolway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;

/**
 * Releases that live in memory. What was asked of it stands in {@link #calls()}, and each method
 * can be made to fail.
 */
public final class FakeSources implements Sources {

  private final Map<Version, Release> offered = new LinkedHashMap<>();
  private final List<Release> everything = new ArrayList<>();
  private final Map<String, Release> fetched = new LinkedHashMap<>();
  private final Map<Method, ProblemException> failures = new EnumMap<>(Method.class);
  private final Map<Candidate, TrustedKey> signers = new HashMap<>();
  private final Map<Candidate, ProblemException> unknown = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private int objects;

  /** The methods that can be made to fail. */
  public enum Method {
    /** {@link Sources#candidates}. */
    CANDIDATES,
    /** {@link Sources#fetch}. */
    FETCH,
    /** {@link Sources#export}. */
    EXPORT,
    /** {@link Sources#notes}. */
    NOTES,
    /** {@link Sources#signer}. */
    SIGNER,
    /** {@link Sources#files}. */
    FILES
  }

  private record Release(Candidate candidate, Map<String, String> files, String notes) {}

  /**
   * Offers a release; again with the same version moves its tag.
   *
   * @param files content by name, such as {@code bin/serve}
   */
  public synchronized Candidate publish(String version, Map<String, String> files, String notes) {
    String object = String.format("%040x", ++objects);
    Candidate candidate = new Candidate(new Version(version), "v" + version, object);
    Release release = new Release(candidate, Map.copyOf(files), notes);
    everything.add(release);
    offered.put(candidate.version(), release);
    return candidate;
  }

  /** Offers what was offered before under that version. */
  public synchronized void offerAgain(Candidate candidate) {
    offered.put(
        candidate.version(),
        everything.stream()
            .filter(release -> release.candidate().equals(candidate))
            .findFirst()
            .orElseThrow());
  }

  /** Has a release signed as it is now, by the owner of a key. */
  public synchronized void sign(Candidate candidate, TrustedKey key) {
    signers.put(candidate, key);
  }

  /** Has nobody be able to tell whose a release is. */
  public synchronized void failSigner(Candidate candidate, ProblemException failure) {
    unknown.put(candidate, failure);
  }

  /** Has something lie there that is no release. */
  public synchronized void refuse(String name, String reason) {
    refused.add(name + " (" + reason + ")");
  }

  @Override
  public synchronized List<String> refused() {
    return List.copyOf(refused);
  }

  /** Takes a release back. */
  public synchronized void withdraw(String version) {
    offered.remove(new Version(version));
  }

  /** Makes a method fail from now on; null lets it succeed again. */
  public synchronized void fail(Method method, @Nullable ProblemException failure) {
    if (failure == null) {
      failures.remove(method);
    } else {
      failures.put(method, failure);
    }
  }

  /** What was asked, in order, such as {@code fetch 1.2.0}. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The versions that were fetched. */
  public synchronized Set<Version> fetched() {
    Set<Version> versions = new HashSet<>();
    fetched.values().forEach(release -> versions.add(release.candidate().version()));
    return versions;
  }

  @Override
  public synchronized List<Candidate> candidates() throws ProblemException {
    called(Method.CANDIDATES, "candidates");
    return offered.values().stream().map(Release::candidate).toList();
  }

  @Override
  public synchronized void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException {
    called(Method.FETCH, "fetch " + candidate.version());
    requireWanted("fetch release " + candidate.version(), interruption);
    Release release = current(candidate);
    fetched.put(candidate.object(), release);
    progress.at(1.0, release.files().size() + " files");
  }

  @Override
  public synchronized void export(
      Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException {
    called(Method.EXPORT, "export " + candidate.version());
    String action = "write release " + candidate.version() + " to " + into;
    requireWanted(action, interruption);
    Release release = fetched.get(candidate.object());
    if (release == null) {
      throw new IllegalStateException(candidate + " was not fetched");
    }
    try {
      write(release, into);
    } catch (IOException e) {
      throw new ProblemException(Problem.STORAGE_FAILED, "cannot " + action + ": " + e, e);
    }
    progress.at(1.0, release.files().size() + " files");
  }

  @Override
  public synchronized String notes(Candidate candidate) throws ProblemException {
    called(Method.NOTES, "notes " + candidate.version());
    return current(candidate).notes();
  }

  @Override
  public synchronized Signed signer(Candidate candidate, TrustedKeys trust)
      throws ProblemException {
    called(Method.SIGNER, "signer " + candidate.version());
    ProblemException failure = unknown.get(candidate);
    if (failure != null) {
      throw failure;
    }
    TrustedKey signer = signers.get(current(candidate).candidate());
    if (signer == null || !trust.all().contains(signer)) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot trust the tag " + candidate.tag() + ": it is signed by " + signer);
    }
    return new Signed(signer.name(), "content of " + candidate.object());
  }

  @Override
  public synchronized Map<String, String> files(Candidate candidate, String directory)
      throws ProblemException {
    called(Method.FILES, "files " + candidate.version());
    Map<String, String> files = new HashMap<>();
    current(candidate)
        .files()
        .forEach(
            (name, content) -> {
              String rest =
                  name.startsWith(directory + "/") ? name.substring(directory.length() + 1) : "/";
              if (!rest.contains("/")) {
                files.put(rest, content);
              }
            });
    return files;
  }

  private void called(Method method, String call) throws ProblemException {
    calls.add(call);
    ProblemException failure = failures.get(method);
    if (failure != null) {
      throw failure;
    }
  }

  private Release current(Candidate candidate) throws ProblemException {
    Release release = offered.get(candidate.version());
    if (release == null || !release.candidate().equals(candidate)) {
      throw new ProblemException(
          Problem.SOURCE_CHANGED,
          "cannot fetch release " + candidate.version() + ": its tag is not what it was");
    }
    return release;
  }

  private static void requireWanted(String action, Interruption interruption)
      throws ProblemException {
    if (interruption.requested()) {
      throw new ProblemException(
          Problem.INTERRUPTED, "cannot " + action + ": " + interruption.cause());
    }
  }

  private static void write(Release release, Path into) throws IOException {
    Files.createDirectory(into);
    for (Map.Entry<String, String> file : release.files().entrySet()) {
      Path target = into.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling(""));
      Files.writeString(target, file.getValue());
    }
  }
}
