package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.layout.EntryName;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.Ticket;
import org.spoolway.schema.RequestId;

/**
 * Finds a request by its id: in the results; in the journals, which have it a moment before; or
 * where it is not understood yet.
 */
public final class RequestFinder {

  private static final String JSON = ".json";

  private final SpoolLayout layout;
  private final List<String> deployments;

  /** A finder that looks at these deployments. */
  public RequestFinder(SpoolLayout layout, List<String> deployments) {
    this.layout = layout;
    this.deployments = List.copyOf(deployments);
  }

  /** Where a request is. */
  public enum Place {
    /** In its inbox; no runner has taken it. */
    INBOX,
    /** Taken, and not understood yet. */
    CLAIMED,
    /** It has a journal, and nothing was told of it yet. */
    UNTOLD,
    /** It has a result, which may not be its last. */
    TOLD
  }

  /** A request that was found. */
  public record Found(String deployment, String origin, RequestId id, Place place) {}

  /**
   * What came of a search.
   *
   * @param found all with that id; ids are unique within an origin only
   * @param unseen directories that the user may not look into
   */
  public record Search(List<Found> found, List<Path> unseen) {}

  /** Looks everywhere. */
  public Search find(RequestId id) throws IOException {
    Sight sight = new Sight();
    List<Found> found = new ArrayList<>();
    for (String deployment : deployments) {
      SpoolDir spool = layout.spool(deployment);
      List<Found> here = told(deployment, spool, id, sight);
      if (here.isEmpty()) {
        here = untold(deployment, id);
      }
      if (here.isEmpty()) {
        here = notUnderstood(deployment, spool, id, sight);
      }
      found.addAll(here);
    }
    return new Search(List.copyOf(found), sight.unseen());
  }

  private static List<Found> told(String deployment, SpoolDir spool, RequestId id, Sight sight)
      throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path results : sight.children(spool.results())) {
      String origin = results.getFileName().toString();
      if (!Files.isExecutable(results)) {
        sight.denied(results);
      } else if (Files.exists(spool.result(origin, id.value()))) {
        found.add(new Found(deployment, origin, id, Place.TOLD));
      }
    }
    return found;
  }

  private List<Found> untold(String deployment, RequestId id) throws IOException {
    try {
      return new OpenJobs(layout.state(deployment))
          .look().jobs().stream()
              .map(open -> open.job().accepted())
              .filter(accepted -> accepted.id().equals(id))
              .map(accepted -> new Found(deployment, accepted.origin(), id, Place.UNTOLD))
              .toList();
    } catch (AccessDeniedException onlyTheRunnersUserMay) {
      return List.of();
    }
  }

  private static List<Found> notUnderstood(
      String deployment, SpoolDir spool, RequestId id, Sight sight) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path inbox : sight.children(spool.inboxes())) {
      if (holds(sight.children(inbox), id)) {
        found.add(new Found(deployment, inbox.getFileName().toString(), id, Place.INBOX));
      }
    }
    for (Path claim : sight.children(spool.processing())) {
      Optional<Ticket> ticket = Ticket.parse(claim.getFileName().toString());
      if (ticket.isPresent() && holds(sight.children(claim), id)) {
        found.add(new Found(deployment, ticket.get().origin(), id, Place.CLAIMED));
      }
    }
    return found;
  }

  private static boolean holds(List<Path> entries, RequestId id) {
    return entries.stream()
        .map(entry -> entry.getFileName().toString())
        .anyMatch(name -> EntryName.parse(name).isPresent() && mayBe(name, id));
  }

  /** The client's names end in the id; without one in the file, the runner makes it of the name. */
  private static boolean mayBe(String name, RequestId id) {
    String base = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    return base.endsWith("-" + id) || RequestId.nearestTo(base, 0).equals(id);
  }
}
