package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spoolway.client.ResultReader;
import org.spoolway.host.Accounts;
import org.spoolway.inspect.OpenJobs.OpenJob;
import org.spoolway.inspect.Waiting.State;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.JobQueue;
import org.spoolway.spool.QueuedJob;

/**
 * What waits for a deployment, in the order in which it would be carried out. Whoever may read
 * neither journals nor inboxes sees what the results tell.
 */
public final class WaitingLine {

  private static final String JSON = ".json";

  private final String deployment;
  private final ResultReader results;
  private final SpoolDir spool;
  private final StateDir state;
  private final RawRequests raw;

  /** The line of one deployment. */
  public WaitingLine(String deployment, SpoolDir spool, StateDir state, Accounts accounts) {
    this.deployment = deployment;
    this.results = new ResultReader(spool);
    this.spool = spool;
    this.state = state;
    this.raw = new RawRequests(deployment, spool, accounts);
  }

  /**
   * What was seen.
   *
   * @param requests what runs, then what waits in order, then what is held back, then what no
   *     runner has understood yet
   * @param more how many more lie in the inboxes
   * @param unseen directories that the user may not look into
   */
  public record Look(List<Waiting> requests, int more, List<Path> unseen) {}

  /** Looks once. */
  public Look look(Instant now) throws IOException {
    Sight sight = new Sight();
    List<Waiting> requests = new ArrayList<>();
    Set<String> tickets = new HashSet<>();
    try {
      List<OpenJob> jobs = new OpenJobs(state).look().jobs();
      jobs.forEach(open -> tickets.add(open.job().ticket()));
      requests.addAll(inOrder(jobs, now));
    } catch (AccessDeniedException denied) {
      sight.denied(state.journals());
      requests.addAll(fromResults(sight));
    }
    requests.addAll(raw.claimed(tickets, sight));
    int more = raw.addInboxes(requests, now, sight);
    return new Look(List.copyOf(requests), more, sight.unseen());
  }

  /** A queue like the runner's says who is next; whose turn it is there, only that one knows. */
  private List<Waiting> inOrder(List<OpenJob> jobs, Instant now) throws IOException {
    Map<QueuedJob, OpenJob> queued = new LinkedHashMap<>();
    List<Waiting> line = new ArrayList<>();
    for (OpenJob open : jobs) {
      if (open.progress().state() == JobState.QUEUED) {
        queued.put(open.job(), open);
      } else if (!isTold(open)) {
        line.add(Waiting.of(deployment, open, State.RUNNING));
      }
    }
    JobQueue queue = new JobQueue(List.of());
    queued.keySet().forEach(queue::offer);
    for (Optional<QueuedJob> next = queue.take(now); next.isPresent(); next = queue.take(now)) {
      OpenJob open = queued.remove(next.get());
      if (open != null) {
        line.add(Waiting.of(deployment, open, State.QUEUED));
      }
    }
    queued.values().stream()
        .map(open -> Waiting.of(deployment, open, State.HELD))
        .sorted(Comparator.comparing(WaitingLine::due))
        .forEach(line::add);
    return line;
  }

  private static Instant due(Waiting held) {
    return held.notBefore() == null ? held.submittedAt() : held.notBefore();
  }

  /** A runner that died between telling and tidying leaves the journal of a job that has ended. */
  private boolean isTold(OpenJob open) throws IOException {
    return results
        .read(open.job().accepted().origin(), open.job().accepted().id())
        .filter(result -> result.state().isTerminal())
        .isPresent();
  }

  private List<Waiting> fromResults(Sight sight) throws IOException {
    List<Waiting> open = new ArrayList<>();
    for (Path directory : sight.children(spool.results())) {
      String origin = directory.getFileName().toString();
      for (Path file : sight.children(directory)) {
        String name = file.getFileName().toString();
        if (name.endsWith(JSON) && !name.startsWith(".")) {
          RequestId id = new RequestId(name.substring(0, name.length() - JSON.length()));
          results
              .read(origin, id)
              .filter(result -> !result.state().isTerminal())
              .map(Waiting::of)
              .ifPresent(open::add);
        }
      }
    }
    open.sort(Comparator.comparing(Waiting::state).thenComparing(Waiting::submittedAt));
    return open;
  }
}
