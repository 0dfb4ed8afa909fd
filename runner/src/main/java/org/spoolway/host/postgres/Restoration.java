package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.host.postgres.SnapshotRecord.Copy;
import org.spoolway.host.postgres.SnapshotRecord.Kind;
import org.spoolway.problem.ProblemException;

/**
 * Puts a copy in place of the present database: two renames in one transaction. That it is done
 * shows in the numbers, which databases keep: the one that has the name is the copy.
 */
final class Restoration {

  /** Sessions may take their time to end twice, and the server its own to lock. */
  private static final int LIMIT_IN_PATIENCES = 4;

  private final String name;
  private final Psql psql;
  private final TemplateCopy templates;
  private final Dump dump;
  private final Complaint complaint;
  private final Duration patience;

  Restoration(
      String name,
      Psql psql,
      TemplateCopy templates,
      Dump dump,
      Complaint complaint,
      Duration patience) {
    this.name = name;
    this.psql = psql;
    this.templates = templates;
    this.dump = dump;
    this.complaint = complaint;
    this.patience = patience;
  }

  /** Sees that the database of a snapshot is there. */
  DatabaseFacts requireCopy(SnapshotRecord record)
      throws SqlFailure, IOException, ProblemException {
    Copy copy = record.copies().get(0);
    Optional<DatabaseFacts> found = DatabaseFacts.numbered(psql, copy.oid());
    if (found.isEmpty()) {
      throw complaint.about(
          "its copy " + copy.name() + " is not there any more",
          "Restore another snapshot that `spoolway snapshots` lists.");
    }
    return found.get();
  }

  /** The same, of one that is not in place already: that one serves. */
  DatabaseFacts requireIdle(SnapshotRecord record)
      throws SqlFailure, IOException, ProblemException {
    DatabaseFacts found = requireCopy(record);
    if (found.name().equals(name)) {
      throw complaint.about(
          "its data are live already", "Restore another snapshot that `spoolway snapshots` lists.");
    }
    return found;
  }

  /** Makes another copy of a snapshot, and the record that tells of it. */
  SnapshotRecord freshCopy(SnapshotRecord record, Path snapshot, Path directory)
      throws SqlFailure, IOException, ProblemException {
    int major = psql.major();
    String fresh = templates.begin(name, directory);
    Copy made;
    if (record.kind() == Kind.COPY) {
      made = templates.make(record.model(), requireIdle(record).name(), fresh, major, "");
    } else {
      templates.makeEmpty(record.model(), fresh, major);
      dump.read(record, snapshot, fresh, major);
      made = templates.dress(record.model(), fresh);
    }
    SnapshotRecord copy = SnapshotRecord.copy(record.model(), List.of(made));
    copy.write(directory);
    return copy;
  }

  void restore(SnapshotRecord record, Path snapshot, Path aside)
      throws SqlFailure, IOException, ProblemException {
    Optional<DatabaseFacts> live = DatabaseFacts.named(psql, name);
    if (record.kind() == Kind.ABSENT) {
      putAside(live, aside, "");
      return;
    }
    SnapshotRecord ready = record.kind() == Kind.DUMP ? restored(record, snapshot) : record;
    DatabaseFacts copy = requireCopy(ready);
    if (copy.name().equals(name)) {
      psql.execute(Sessions.allow(name), patience);
      return;
    }
    putAside(
        live,
        aside,
        "ALTER DATABASE "
            + Sql.name(copy.name())
            + " RENAME TO "
            + Sql.name(name)
            + ";\n"
            + Sessions.allow(name));
  }

  /** A dump that nobody has staged; what was made of it before a crash is used. */
  private SnapshotRecord restored(SnapshotRecord record, Path snapshot)
      throws SqlFailure, IOException, ProblemException {
    Path directory = SnapshotRecord.madeOf(snapshot);
    Optional<SnapshotRecord> made =
        SnapshotRecord.read(directory).filter(it -> it.kind() == Kind.COPY);
    if (made.isPresent()
        && DatabaseFacts.numbered(psql, made.get().copies().get(0).oid()).isPresent()) {
      return made.get();
    }
    return freshCopy(record, snapshot, directory);
  }

  /** Renames the present database, if there is one, and what comes in its place with it. */
  private void putAside(Optional<DatabaseFacts> live, Path aside, String then)
      throws SqlFailure, IOException, ProblemException {
    if (live.isEmpty() && then.isEmpty()) {
      return;
    }
    if (live.isEmpty()) {
      if (SnapshotRecord.read(aside).isEmpty()) {
        SnapshotRecord.absent().write(aside);
      }
      psql.execute(transaction(then), patience);
      return;
    }
    String rename =
        "ALTER DATABASE "
            + Sql.name(name)
            + " RENAME TO "
            + Sql.name(record(live.get(), aside))
            + ";\n";
    try {
      exchange(rename + then);
    } catch (SqlFailure e) {
      if (!e.is(SqlFailure.IN_USE) || !endPrepared()) {
        throw e;
      }
      exchange(rename + then);
    }
  }

  private void exchange(String renames) throws SqlFailure, IOException {
    psql.execute(
        Sessions.endOwn(psql.application(), patience)
            + Sessions.refuse(name)
            + Sessions.end(name, patience)
            + transaction(renames),
        patience.multipliedBy(LIMIT_IN_PATIENCES));
  }

  /**
   * A transaction that waits for its second phase holds a database as a session does. One that is
   * there now belongs to what is put aside, which nobody is going to complete.
   *
   * @return whether there was any
   */
  private boolean endPrepared() throws SqlFailure, IOException {
    String query =
        "SELECT json_agg(gid) FROM pg_prepared_xacts WHERE database = "
            + Sql.text(name)
            + " HAVING count(*) > 0";
    Optional<String[]> waiting = psql.look(query, String[].class);
    if (waiting.isPresent()) {
      psql.execute(Sessions.allow(name), patience);
      StringBuilder end = new StringBuilder();
      for (String transaction : waiting.get()) {
        end.append("ROLLBACK PREPARED ").append(Sql.text(transaction)).append(";\n");
      }
      psql.executeIn(name, end.toString(), patience);
    }
    return waiting.isPresent();
  }

  private static String transaction(String statements) {
    return "BEGIN;\n" + statements + "COMMIT;\n";
  }

  /**
   * Writes down what the present database is going to be called, before it is; one that lies there
   * already keeps its name.
   */
  private String record(DatabaseFacts live, Path aside) throws SqlFailure, IOException {
    List<Copy> there = new ArrayList<>();
    for (Copy copy : SnapshotRecord.read(aside).map(SnapshotRecord::copies).orElse(List.of())) {
      boolean isAside =
          copy.oid() != live.oid()
              && DatabaseFacts.numbered(psql, copy.oid())
                  .filter(it -> !it.name().equals(name))
                  .isPresent();
      if (isAside) {
        there.add(copy);
      }
    }
    String other = CopyName.free(name, aside, psql.databases());
    DatabaseFacts model = there.isEmpty() ? live : SnapshotRecord.read(aside).orElseThrow().model();
    there.add(new Copy(other, live.oid()));
    SnapshotRecord.copy(model, there).write(aside);
    return other;
  }
}
