package org.spoolway.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Copies that only a list knows of; what is left of it when a test is over was forgotten. */
public final class FakeTrialDatabase implements TrialDatabase {

  private final Set<String> copies = new HashSet<>();
  private long bytes = 5L << 20;
  private List<String> locks = List.of();
  private @Nullable ProblemException refusal;
  private @Nullable String risk;

  /** How large the data are; 0 for none. */
  public void setBytes(long bytes) {
    this.bytes = bytes;
  }

  /** What speaks against a copy. */
  public void setRisk(String risk) {
    this.risk = risk;
  }

  /** What locks what. */
  public void setLocks(List<String> locks) {
    this.locks = List.copyOf(locks);
  }

  /** Has every copy fail once it is half made. */
  public void refuseCopies() {
    refusal = new ProblemException(Problem.SNAPSHOT_FAILED, "cannot rehearse: no room");
  }

  /** The copies that are there. */
  public Set<String> copies() {
    return Set.copyOf(copies);
  }

  @Override
  public OptionalLong bytes() {
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public @Nullable String risk() {
    return risk;
  }

  @Override
  public String copy(Path notes, Path directory) throws ProblemException {
    if (!Files.isDirectory(notes) || !Files.isDirectory(directory)) {
      throw new IllegalStateException("there is no directory for a copy");
    }
    copies.add("copy");
    if (refusal != null) {
      throw refusal;
    }
    return "copy";
  }

  @Override
  public SqlClient sql(String copy) {
    return new FakeSqlClient();
  }

  @Override
  public List<String> locks(String copy) {
    return locks;
  }

  @Override
  public void discard(Path notes) {
    copies.clear();
  }
}
