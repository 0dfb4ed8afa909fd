package org.spoolway.migration;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * What a release's files and a database's history amount to.
 *
 * @param files what is to be applied, in order
 * @param gone what was applied and is in the release no more, by name; nothing is done about it
 */
public record Pending(List<MigrationFile> files, List<String> gone) {

  private static final int SHOWN = 12;

  /** Keeps what it was given. */
  public Pending {
    files = List.copyOf(files);
    gone = List.copyOf(gone);
  }

  /**
   * Compares them.
   *
   * @throws ProblemException {@code MIGRATION_REFUSED} for a file that was applied with other
   *     contents or under another name, and for one that sorts before what was applied last
   */
  public static Pending of(List<MigrationFile> files, List<AppliedFile> history)
      throws ProblemException {
    Map<String, String> applied = new TreeMap<>();
    history.forEach(file -> applied.put(file.name(), file.sha256()));
    for (MigrationFile file : files) {
      requireUnchanged(file, applied.getOrDefault(file.name(), file.sha256()));
    }
    Set<String> here = files.stream().map(MigrationFile::name).collect(Collectors.toSet());
    Map<String, String> gone = new HashMap<>(applied);
    gone.keySet().removeAll(here);
    List<MigrationFile> pending =
        files.stream()
            .filter(file -> !applied.containsKey(file.name()))
            .sorted(Comparator.comparing(MigrationFile::name))
            .toList();
    for (MigrationFile file : pending) {
      requireNotRenamed(file, gone);
      requireInOrder(file, applied.keySet());
    }
    return new Pending(pending, gone.keySet().stream().sorted().toList());
  }

  private static void requireUnchanged(MigrationFile file, String sha256) throws ProblemException {
    if (!file.sha256().equals(sha256)) {
      throw refused(
          file,
          "it was applied with other contents (SHA-256 "
              + sha256.substring(0, Math.min(SHOWN, sha256.length()))
              + "…, now "
              + file.sha256().substring(0, SHOWN)
              + "…)",
          "Put it back as it was, bring the change in a new file, and tag a new release.");
    }
  }

  private static void requireNotRenamed(MigrationFile file, Map<String, String> gone)
      throws ProblemException {
    Optional<String> former =
        gone.entrySet().stream()
            .filter(entry -> entry.getValue().equals(file.sha256()))
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder());
    if (former.isPresent()) {
      throw refused(
          file,
          "it was applied as " + former.get(),
          "Give it that name again, and tag a new release.");
    }
  }

  private static void requireInOrder(MigrationFile file, Set<String> applied)
      throws ProblemException {
    Optional<String> last = applied.stream().max(Comparator.naturalOrder());
    if (last.isPresent() && file.name().compareTo(last.get()) < 0) {
      throw refused(
          file,
          "it sorts before " + last.get() + ", which was applied already",
          "Give it a name whose bytes sort after that (0010 does after 0009, 10 not after 9), and"
              + " tag a new release.");
    }
  }

  private static ProblemException refused(MigrationFile file, String observed, String fix) {
    return new ProblemException(
        Problem.MIGRATION_REFUSED,
        "cannot use the migration " + file.name() + ": " + observed,
        fix,
        null);
  }
}
