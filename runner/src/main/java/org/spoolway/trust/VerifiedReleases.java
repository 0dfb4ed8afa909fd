package org.spoolway.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * Which releases were found to be signed, so that a version means the same for ever: one whose tag
 * is put elsewhere is refused, whoever signs it. Only what was signed is written down; otherwise
 * whoever owns the server alone could have a version refused that is still to come.
 */
public final class VerifiedReleases {

  private static final String MODE = "rw-------";

  private final Path file;

  /** Those in a file, which need not exist. */
  public VerifiedReleases(Path file) {
    this.file = file;
  }

  /**
   * A release that was found to be signed.
   *
   * @param object what its name stood for at the source
   * @param signer the key's name
   * @param at when that was found first
   */
  public record Verified(String object, String signer, Instant at) {}

  private record Document(Map<String, Verified> releases) {}

  /** What is known of a version, or empty. */
  public Optional<Verified> find(Version version) throws ProblemException, IOException {
    return Optional.ofNullable(read().get(version.text()));
  }

  /**
   * Refuses a version whose name stands for something else than it did.
   *
   * @param object what it stands for now
   * @throws ProblemException {@code TAG_MOVED}
   */
  public void requireSame(Version version, String tag, String object)
      throws ProblemException, IOException {
    Verified known = find(version).orElse(null);
    if (known != null && !known.object().equals(object)) {
      throw new ProblemException(
          Problem.TAG_MOVED,
          "cannot trust the tag "
              + tag
              + (": it named " + known.object() + " on " + known.at())
              + (", signed by the " + known.signer() + ", and names " + object + " now"));
    }
  }

  /** Writes one down; when this returns it survives a power cut. */
  public void add(Version version, Verified verified) throws ProblemException, IOException {
    Map<String, Verified> releases = new TreeMap<>(read());
    if (releases.putIfAbsent(version.text(), verified) == null) {
      DurableFiles.replace(file, SchemaJson.pretty(new Document(releases)), MODE);
    }
  }

  private Map<String, Verified> read() throws ProblemException, IOException {
    try {
      return SchemaJson.read(Files.readAllBytes(file), Document.class).releases();
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (SchemaJson.Malformed e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot read " + file + ": " + e.getMessage(),
          "Check the disk; then remove the file, and tags count as seen for the first time.",
          e);
    }
  }
}
