package org.spoolway.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * Which releases were found to be signed, so that a version means the same for ever: another one
 * under its name is refused, whoever signs it. Only what was signed is written down; otherwise
 * whoever owns the server alone could have a version refused that is still to come.
 */
public final class VerifiedReleases {

  private static final String MODE = "rw-------";

  private final Path file;

  /** Those in a file, which need not exist. */
  public VerifiedReleases(Path file) {
    this.file = file;
  }

  /** What is known of one, and whether the release on this host was made of that. */
  private record Verified(
      @Nullable String name, String content, String signer, Instant at, boolean here) {

    Verified withHere(boolean isHere) {
      return new Verified(name, content, signer, at, isHere);
    }

    boolean isOf(String other) {
      return (name == null ? "" : name).equals(other);
    }
  }

  private record Document(Map<String, Verified> releases) {}

  /**
   * Refuses a version whose name stands for something else than it did.
   *
   * @param name what it is at the source, such as {@code tag v1.2.0}
   * @param signed what was signed under that name
   * @throws ProblemException {@code TAG_MOVED}
   */
  public void requireSame(Version version, String name, Signed signed)
      throws ProblemException, IOException {
    Verified known = read().get(version.text());
    if (known != null && known.isOf(signed.name()) && !known.content().equals(signed.content())) {
      throw new ProblemException(
          Problem.TAG_MOVED,
          "cannot trust the "
              + name
              + (": it stood for " + known.content() + " on " + known.at())
              + (", signed by the " + known.signer())
              + (", and stands for " + signed.content() + " now"));
    }
  }

  /** Writes one down that was found to be signed; the first look is the one that counts. */
  public void add(Version version, Signed signed, Instant now)
      throws ProblemException, IOException {
    Verified known = read().get(version.text());
    if (known == null || !known.isOf(signed.name())) {
      boolean isHere = known != null && known.here();
      write(version, new Verified(signed.name(), signed.content(), signed.by(), now, isHere));
    }
  }

  /** The release on this host is made of what was signed. */
  public void madeHere(Version version) throws ProblemException, IOException {
    mark(version, true);
  }

  /** The release on this host is going to be made of something else. */
  public void goneFromHere(Version version) throws ProblemException, IOException {
    mark(version, false);
  }

  private void mark(Version version, boolean isHere) throws ProblemException, IOException {
    Verified known = read().get(version.text());
    if (known != null && known.here() != isHere) {
      write(version, known.withHere(isHere));
    }
  }

  /**
   * Who has signed what the release on this host was made of.
   *
   * @return null when nobody has, as far as is known
   */
  public @Nullable String signerHere(Version version) throws ProblemException, IOException {
    Verified known = read().get(version.text());
    return known != null && known.here() ? known.signer() : null;
  }

  /** When this returns it survives a power cut. */
  private void write(Version version, Verified verified) throws ProblemException, IOException {
    Map<String, Verified> releases = new TreeMap<>(read());
    releases.put(version.text(), verified);
    DurableFiles.replace(file, SchemaJson.pretty(new Document(releases)), MODE);
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
