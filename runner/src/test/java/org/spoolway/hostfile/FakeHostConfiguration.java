package org.spoolway.hostfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A host's configuration below a directory of a test's own, that records who reads what. */
public final class FakeHostConfiguration implements HostConfiguration {

  /** Of a unit with which nothing is wrong. */
  public static final Unit SOUND = new Unit("loaded", "enabled", "active");

  private final HostDir directories;
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Unit> units = new HashMap<>();
  private @Nullable Reader puzzled;

  /** One below a directory. */
  public FakeHostConfiguration(Path directory) {
    this.directories = new HostDir(directory.resolve("etc"), directory.resolve("run"));
  }

  /** What was asked, in order, such as {@code reload [SYSTEMD]}, {@code enable [notes.service]}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets what was asked. */
  public void forget() {
    calls.clear();
  }

  /** Makes a reader not understand what it reads, or none. */
  public void puzzle(@Nullable Reader reader) {
    puzzled = reader;
  }

  /** Sets how a unit is; the others are enabled and active. */
  public void put(String name, Unit unit) {
    units.put(name, unit);
  }

  @Override
  public Unit unit(String name) {
    return units.getOrDefault(name, SOUND);
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public HostDir directories() {
    return directories;
  }

  @Override
  public void reload(Set<Reader> readers) throws ProblemException {
    calls.add("reload " + new TreeSet<>(readers));
    if (puzzled != null && readers.contains(puzzled)) {
      throw new ProblemException(
          Problem.CONFIGURE_FAILED, "cannot have " + puzzled + " read its files: what is this?");
    }
  }

  @Override
  public void enable(List<String> units) {
    if (!units.isEmpty()) {
      calls.add("enable " + units);
    }
  }

  @Override
  public void disable(List<String> units) {
    if (!units.isEmpty()) {
      calls.add("disable " + units);
    }
  }
}
