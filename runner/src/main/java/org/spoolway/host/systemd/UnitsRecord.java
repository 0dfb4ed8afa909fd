package org.spoolway.host.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * Which activations of the units belong to which release, as {@code service.json} keeps it. A unit
 * that has been started anew since, by whomever, has another invocation and is not known any more.
 *
 * @param version the release that they were started for
 * @param invocations systemd's id of the activation, by unit
 */
record UnitsRecord(Version version, Map<String, String> invocations) {

  private static final String OWNER_ONLY = "rw-------";

  /** The units as they are now. */
  static UnitsRecord of(Version version, List<UnitState> units) {
    return new UnitsRecord(
        version, units.stream().collect(Collectors.toMap(UnitState::id, UnitState::invocation)));
  }

  /** Whether these are the very activations that were recorded. */
  boolean covers(List<UnitState> units) {
    return units.stream().allMatch(unit -> unit.invocation().equals(invocations.get(unit.id())));
  }

  /** Reads the record; empty when there is none, or none that is understood. */
  static Optional<UnitsRecord> load(Path file) throws IOException {
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(file), UnitsRecord.class));
    } catch (NoSuchFileException | SchemaJson.Malformed nothingKnown) {
      return Optional.empty();
    }
  }

  void save(Path file) throws IOException {
    DurableFiles.replace(file, SchemaJson.pretty(this), OWNER_ONLY);
  }
}
