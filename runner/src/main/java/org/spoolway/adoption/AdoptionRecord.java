package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.SchemaJson.Malformed;
import org.spoolway.schema.Version;

/**
 * What an adoption does, written down before its first change: whoever goes on with it, or takes it
 * back, does so by this and not by what it would decide today.
 *
 * @param version the release that the checkout becomes
 * @param owner the user whose the checkout is
 * @param names all names right in the checkout
 * @param shared what goes to {@code shared/}
 * @param running whether the application ran before
 * @param healthy whether it passed the gate before
 */
record AdoptionRecord(
    Version version,
    int owner,
    List<String> names,
    List<Shared> shared,
    boolean running,
    boolean healthy) {

  /** What git keeps, which is no part of a release. */
  static final String GIT = ".git";

  /** Where that is kept, out of the way of people's habits. */
  static final String KEPT_GIT = "flat.git";

  /** The layout by relative paths, so that the whole root can be moved. */
  private static final ApplicationDir IN_ROOT = new ApplicationDir(Path.of(""));

  /**
   * One thing that outlives releases.
   *
   * @param name in the checkout
   * @param to below {@code shared/}
   */
  record Shared(String name, String to) {

    boolean covers(Path path) {
      return path.startsWith(Path.of(name));
    }
  }

  static Optional<AdoptionRecord> load(StateDir state) throws IOException {
    try {
      byte[] content = Files.readAllBytes(state.adoption());
      return Optional.of(SchemaJson.state(content, AdoptionRecord.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (Malformed e) {
      throw new IOException("cannot read " + state.adoption() + ": " + e.getMessage(), e);
    }
  }

  void save(StateDir state) throws IOException {
    DurableFiles.replace(state.adoption(), SchemaJson.pretty(this), "rw-------");
  }

  /** Where an old path, such as {@code /opt/notes/manage}, leads from now on. */
  Path successor(String name) {
    return shared.stream()
        .filter(one -> one.name().equals(name))
        .findAny()
        .map(one -> IN_ROOT.shared().resolve(one.to()))
        .orElse(IN_ROOT.current().resolve(name));
  }
}
