package org.spoolway.host.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All processes that came of one start. A process belongs to it when it has one of its signs, when
 * it prints to the same pipe, when its parent belongs to it, or when the leader of its session
 * does; once seen it belongs to it for good. Only one that clears its environment, reads from and
 * prints to elsewhere, leaves its session and loses its parent, all before it is first seen,
 * escapes. For use by one thread.
 */
final class ProcessTree {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration STILLNESS = Duration.ofMillis(200);
  private static final long SELF = ProcessHandle.current().pid();

  private final ProcessTable table;
  private final Signs signs;
  private final long main;
  private final Map<Long, ProcessEntry> known = new HashMap<>();
  private final Set<Long> sessions = new HashSet<>();
  private final Set<String> pipes = new HashSet<>();
  private long since;

  private ProcessTree(ProcessTable table, Signs signs, long main) {
    this.table = table;
    this.signs = signs;
    this.main = main;
  }

  /** Whatever has one of the signs, and what came of that. */
  static ProcessTree of(ProcessTable table, Signs signs) {
    return new ProcessTree(table, signs, 0);
  }

  /**
   * What came of a process that may have ended long ago, so that its number may be another's by
   * now: its session counts only once a member is seen in it.
   */
  static ProcessTree ofFormer(ProcessTable table, Signs signs, long main) {
    return new ProcessTree(table, signs, main);
  }

  /** What came of a process that is alive and leads a session, or is about to. */
  static ProcessTree ofLeader(ProcessTable table, Signs signs, ProcessEntry main) {
    ProcessTree tree = new ProcessTree(table, signs, main.pid());
    tree.known.put(main.pid(), main);
    tree.sessions.add(main.pid());
    // Nothing that was there before it can have come of it.
    tree.since = main.startTicks();
    return tree;
  }

  /** What came of a process that this one has just started, even if it has ended by now. */
  static ProcessTree ofChild(ProcessTable table, Signs signs, long main) {
    Optional<ProcessEntry> entry = table.find(main);
    ProcessTree tree =
        entry.isPresent()
            ? ofLeader(table, signs, entry.get())
            : new ProcessTree(table, signs, main);
    tree.sessions.add(main);
    table.pipe(main).ifPresent(tree.pipes::add);
    return tree;
  }

  /** Looks for members and returns those that are alive. */
  List<ProcessEntry> living() {
    return look(member -> {}).members();
  }

  /** Asks all members to end, and gives them some time to do so. */
  void terminate(Duration grace) {
    List<ProcessEntry> asked = living();
    asked.forEach(table::terminate);
    Polling.until(() -> asked.stream().noneMatch(table::isAlive), grace);
  }

  /**
   * Kills all members, those too that others start meanwhile.
   *
   * @return those that the kernel would not end within ten seconds; almost always empty
   */
  List<ProcessEntry> kill() {
    return kill(PATIENCE);
  }

  /** The same with more, or less, than ten seconds. */
  List<ProcessEntry> kill(Duration patience) {
    return Polling.until(this::killedAll, patience) ? List.of() : living();
  }

  /** How many members were ever seen. */
  int size() {
    return known.size();
  }

  private boolean killedAll() {
    long start = System.nanoTime();
    List<ProcessEntry> members;
    int seen;
    do {
      seen = known.size();
      members = look(table::kill).members();
    } while (known.size() > seen && isWithin(PATIENCE, start));
    return members.isEmpty() && isProvenEmpty();
  }

  /**
   * One look that finds none proves nothing: a process shows no environment while it is executed,
   * and one that is gone when its turn comes may have started another. So it takes a second, while
   * no process of the host comes or goes, unless the host is too busy ever to stand still.
   */
  private boolean isProvenEmpty() {
    long start = System.nanoTime();
    Look look;
    do {
      look = look(table::kill);
    } while (look.members().isEmpty() && !look.still() && isWithin(STILLNESS, start));
    return look.members().isEmpty();
  }

  private static boolean isWithin(Duration limit, long start) {
    return System.nanoTime() - start < limit.toNanos();
  }

  /**
   * Looks at all processes, the newest first, for only they can start others before they are
   * killed.
   *
   * @param found is told of each member as soon as it is seen
   */
  private Look look(Consumer<ProcessEntry> found) {
    NavigableSet<Long> before = table.pids();
    Map<Long, ProcessEntry> present = new HashMap<>();
    for (long pid : before.descendingSet()) {
      Optional<ProcessEntry> entry = table.find(pid);
      entry.ifPresent(e -> present.put(pid, e));
      entry.filter(this::isMarked).ifPresent(e -> joinMarked(e, found));
    }
    sessions.removeIf(session -> isTaken(session, present));
    present.values().removeIf(entry -> !mayBelong(entry));
    while (joinNext(present, found)) {}
    List<ProcessEntry> members = present.values().stream().filter(this::isKnown).toList();
    return new Look(members, before.equals(table.pids()));
  }

  private static boolean mayBelong(ProcessEntry entry) {
    return entry.isAlive() && entry.pid() != SELF;
  }

  private boolean isMarked(ProcessEntry entry) {
    return mayBelong(entry)
        && (isKnown(entry)
            || (entry.startTicks() >= since
                && (signs.areOn(entry, table)
                    || pipes.stream().anyMatch(pipe -> table.printsTo(entry, pipe)))));
  }

  /** Members' children and sessions, one generation at a time. */
  private boolean joinNext(Map<Long, ProcessEntry> present, Consumer<ProcessEntry> found) {
    List<ProcessEntry> next =
        present.values().stream()
            .filter(entry -> !isKnown(entry))
            .filter(
                entry ->
                    sessions.contains(entry.session())
                        || (present.containsKey(entry.parent())
                            && isKnown(present.get(entry.parent()))))
            .toList();
    next.forEach(entry -> join(entry, found));
    return !next.isEmpty();
  }

  /** The pipe of a command whose runner died is known only to those that still print to it. */
  private void joinMarked(ProcessEntry entry, Consumer<ProcessEntry> found) {
    if (main == 0 && signs.log() == null) {
      table.pipe(entry.pid()).ifPresent(pipes::add);
    }
    join(entry, found);
  }

  private void join(ProcessEntry entry, Consumer<ProcessEntry> found) {
    found.accept(entry);
    known.put(entry.pid(), entry);
    // A member that did not yet make a session of its own is still in the one of its starter.
    if (entry.session() == entry.pid() || entry.session() == main) {
      sessions.add(entry.session());
    }
  }

  private boolean isKnown(ProcessEntry entry) {
    ProcessEntry before = known.get(entry.pid());
    return before != null && before.isSameAs(entry);
  }

  /** Whether a session's number leads another session by now. */
  private boolean isTaken(long session, Map<Long, ProcessEntry> present) {
    ProcessEntry leader = present.get(session);
    return leader != null && !isKnown(leader);
  }

  /**
   * What one look saw.
   *
   * @param members those that are alive
   * @param still whether no process of the host came or went meanwhile
   */
  private record Look(List<ProcessEntry> members, boolean still) {}
}
