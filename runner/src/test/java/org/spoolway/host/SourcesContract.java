package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** What every source of releases does; one class per implementation makes the releases for it. */
public abstract class SourcesContract {

  private static final Map<String, String> FILES =
      Map.of("README", "hello\n", "bin/serve", "#!/bin/sh\n", "a/b/c", "");

  /** Where a test may write. */
  @TempDir protected Path scratch;

  /** The source under test; the same one throughout a test. */
  protected abstract Sources sources() throws Exception;

  /** Makes a release at the source; again with the same version replaces it by another. */
  protected abstract void publish(String version, Map<String, String> files, String notes)
      throws Exception;

  /** Removes a release from the source. */
  protected abstract void withdraw(String version) throws Exception;

  /** All files of a release that was published with these: some sources need one of their own. */
  protected Map<String, String> whole(String version, Map<String, String> files) {
    return files;
  }

  @Test
  void candidatesAreWhatIsOnOffer() throws Exception {
    publish("1.0.0", FILES, "first");
    publish("1.1.0-rc.1", FILES, "candidate");

    Set<Version> versions =
        sources().candidates().stream().map(Candidate::version).collect(Collectors.toSet());

    assertEquals(Set.of(new Version("1.0.0"), new Version("1.1.0-rc.1")), versions);
  }

  @Test
  void anEmptySourceHasNoCandidates() throws Exception {
    assertEquals(List.of(), sources().candidates());
  }

  @Test
  void aFetchedReleaseIsExportedAsItWasMade() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();

    sources().fetch(candidate, Progress.NONE, new Interruption());

    assertEquals(new TreeMap<>(whole("1.0.0", FILES)), exported(candidate, "one"));
  }

  @Test
  void fetchAndExportMayBeRepeated() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();

    sources().fetch(candidate, Progress.NONE, new Interruption());
    sources().fetch(candidate, Progress.NONE, new Interruption());

    assertEquals(exported(candidate, "one"), exported(candidate, "two"));
  }

  @Test
  void aFetchedReleaseIsExportedEvenAfterItIsGoneAtTheSource() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();
    sources().fetch(candidate, Progress.NONE, new Interruption());

    withdraw("1.0.0");

    assertEquals(new TreeMap<>(whole("1.0.0", FILES)), exported(candidate, "one"));
  }

  @Test
  void aReleaseThatIsGoneIsNotFetched() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();

    withdraw("1.0.0");

    assertEquals(Problem.SOURCE_CHANGED, problemOfFetching(candidate, new Interruption()));
  }

  @Test
  void aReleaseThatWasReplacedIsNotFetched() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();

    publish("1.0.0", Map.of("README", "other\n"), "first, again");

    assertEquals(Problem.SOURCE_CHANGED, problemOfFetching(candidate, new Interruption()));
    assertFalse(
        only().object().equals(candidate.object()), "the object tells that it was replaced");
  }

  @Test
  void notesAreWhatTheMakerWrote() throws Exception {
    publish("1.0.0", FILES, "first\n\n- it works");

    assertEquals("first\n\n- it works", sources().notes(only()));
  }

  @Test
  void filesAreThoseRightInTheDirectory() throws Exception {
    Map<String, String> files =
        Map.of("deploy/a.service", "[Unit]\n", "deploy/more/b", "b", "deployed/c", "c", "d", "d");
    publish("1.0.0", files, "first");

    assertEquals(Map.of("a.service", "[Unit]\n"), sources().files(only(), "deploy"));
    assertEquals(Map.of("b", "b"), sources().files(only(), "deploy/more"));
  }

  @Test
  void aDirectoryThatIsNoneHasNoFiles() throws Exception {
    publish("1.0.0", FILES, "first");

    assertEquals(Map.of(), sources().files(only(), "deploy"));
    assertEquals(Map.of(), sources().files(only(), "README"));
  }

  @Test
  void filesAreThoseOfTheirRelease() throws Exception {
    publish("1.0.0", Map.of("deploy/unit", "one"), "first");
    Candidate one = only();
    publish("1.1.0", Map.of("deploy/unit", "two"), "second");

    assertEquals(Map.of("unit", "one"), sources().files(one, "deploy"));
  }

  @Test
  void nothingIsFetchedOnceTheEndWasAskedFor() throws Exception {
    publish("1.0.0", FILES, "first");
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.CANCEL);

    assertEquals(Problem.INTERRUPTED, problemOfFetching(only(), interruption));
  }

  @Test
  void nothingIsExportedOnceTheEndWasAskedFor() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();
    sources().fetch(candidate, Progress.NONE, new Interruption());
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.SHUTDOWN);

    ProblemException e =
        assertThrows(
            ProblemException.class,
            () -> sources().export(candidate, scratch.resolve("out"), Progress.NONE, interruption));

    assertEquals(Problem.INTERRUPTED, e.problem());
  }

  @Test
  void progressEndsWhole() throws Exception {
    publish("1.0.0", FILES, "first");
    Candidate candidate = only();
    List<Double> fetching = new ArrayList<>();
    List<Double> exporting = new ArrayList<>();

    sources().fetch(candidate, (fraction, detail) -> fetching.add(fraction), new Interruption());
    sources()
        .export(
            candidate,
            scratch.resolve("out"),
            (fraction, detail) -> exporting.add(fraction),
            new Interruption());

    assertEquals(1.0, fetching.get(fetching.size() - 1));
    assertEquals(1.0, exporting.get(exporting.size() - 1));
  }

  private Candidate only() throws Exception {
    List<Candidate> candidates = sources().candidates();
    assertEquals(1, candidates.size(), candidates::toString);
    return candidates.get(0);
  }

  private Problem problemOfFetching(Candidate candidate, Interruption interruption) {
    ProblemException e =
        assertThrows(
            ProblemException.class, () -> sources().fetch(candidate, Progress.NONE, interruption));
    assertTrue(String.valueOf(e.getMessage()).startsWith("cannot "), e.getMessage());
    return e.problem();
  }

  private Map<String, String> exported(Candidate candidate, String name) throws Exception {
    Path into = scratch.resolve(name);
    sources().export(candidate, into, Progress.NONE, new Interruption());
    return contents(into);
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
