package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.client.RequestSubmitter;
import org.spoolway.client.RequestSubmitter.Submission;
import org.spoolway.client.ResultReader;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.host.Accounts;
import org.spoolway.inspect.RequestHash;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.spool.Access;
import org.spoolway.spool.SpoolDirectories;

/** Drops requests into inboxes. */
final class Asking {

  private final Machine machine;
  private final Deployments deployments;

  Asking(Machine machine, Deployments deployments) {
    this.machine = machine;
    this.deployments = deployments;
  }

  /** The inbox to use: the named one, else the operator's, else the only one of people's. */
  static String origin(Deployment deployment, @Nullable String named) throws UsageException {
    Set<String> origins = new LinkedHashSet<>(deployment.origins().keySet());
    origins.removeIf(origin -> deployment.isOwn(origin) && !origin.equals(named));
    if (named != null && origins.contains(named)) {
      return named;
    } else if (named == null && origins.contains(Deployment.OPERATOR)) {
      return Deployment.OPERATOR;
    } else if (named == null && origins.size() == 1) {
      return origins.iterator().next();
    }
    String observed = named == null ? "it has several" : "it has no origin " + named;
    throw new UsageException(
        "cannot choose an inbox of " + deployment.name() + ": " + observed,
        "Add --origin with one of: " + String.join(", ", origins) + ".");
  }

  /** Whom to name as the one who asks; behind sudo that is not who runs this. */
  static String user(Machine machine) {
    int uid = machine.accounts().ownUid();
    Optional<String> behindSudo = uid == 0 ? machine.environment("SUDO_USER") : Optional.empty();
    return behindSudo.orElseGet(() -> machine.accounts().userName(uid));
  }

  /** Whether this user may own files in an origin's inbox. */
  static boolean mayOwn(Machine machine, Deployment deployment, String origin) {
    Accounts accounts = machine.accounts();
    return new Access(deployment.origins(), accounts).mayOwn(origin, accounts.ownUid());
  }

  /**
   * Drops a request, unless it is plain already that it would be refused.
   *
   * @throws ProblemException {@code ID_TAKEN} when its id stands for another request, {@code
   *     OWNER_NOT_ALLOWED}, {@code REQUEST_MALFORMED} when it is too large
   */
  Asked ask(Deployment deployment, String origin, Request request)
      throws IOException, ProblemException {
    String name = deployment.name();
    SpoolDir spool = deployments.layout().spool(name);
    requireOwner(deployment, origin);
    prepare(deployment, spool, origin);
    if (request.id() != null) {
      requireFree(spool, origin, request);
    }
    Submission dropped = drop(spool.inbox(origin), origin, request);
    return new Asked(
        name,
        origin,
        dropped.id(),
        dropped.file().getFileName().toString(),
        RequestHash.of(request.withId(dropped.id())));
  }

  private void requireOwner(Deployment deployment, String origin) throws ProblemException {
    Origin settings = deployment.origins().get(origin);
    if (settings != null && !mayOwn(machine, deployment, origin)) {
      throw new ProblemException(
          Problem.OWNER_NOT_ALLOWED,
          "cannot ask through origin "
              + origin
              + ": "
              + machine.accounts().userName(machine.accounts().ownUid())
              + " is not one of its owners",
          "Ask as one of "
              + String.join(", ", settings.owners())
              + ", or through another origin with --origin.",
          null);
    }
  }

  private Submission drop(Path inbox, String origin, Request request)
      throws IOException, ProblemException {
    try {
      return new RequestSubmitter(inbox, machine.clock()).submit(request);
    } catch (RequestSubmitter.TooLarge e) {
      throw new ProblemException(
          Problem.REQUEST_MALFORMED,
          String.valueOf(e.getMessage()),
          "Shorten --reason, or what else makes it long.",
          e);
    } catch (AccessDeniedException e) {
      throw new ProblemException(
          Problem.OWNER_NOT_ALLOWED,
          "cannot drop a request into " + inbox + ": permission denied",
          "Ask as a member of its group, or through another inbox than " + origin + ".",
          e);
    }
  }

  private void prepare(Deployment deployment, SpoolDir spool, String origin)
      throws IOException, ProblemException {
    Path inbox = spool.inbox(origin);
    if (Files.isDirectory(inbox)) {
      return;
    }
    try {
      StateDir state = deployments.layout().state(deployment.name());
      SpoolDirectories.prepare(deployment, spool, state, machine.accounts());
    } catch (AccessDeniedException e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot make " + inbox + ": permission denied for " + e.getFile(),
          "Start the runner first; it makes the directories.",
          e);
    }
  }

  private static void requireFree(SpoolDir spool, String origin, Request request)
      throws IOException, ProblemException {
    try {
      RequestId id = request.id();
      Optional<Result> told =
          id == null ? Optional.empty() : new ResultReader(spool).read(origin, id);
      if (told.isPresent()) {
        requireOwn(told.get(), RequestHash.of(request));
      }
    } catch (AccessDeniedException unseen) {
      return;
    }
  }

  /** Makes sure that a result is of the request with this hash, since ids can be given twice. */
  static void requireOwn(Result result, String sha256) throws ProblemException {
    if (result.requestSha256() != null && !result.requestSha256().equals(sha256)) {
      throw new ProblemException(
          Problem.ID_TAKEN,
          "cannot ask as "
              + result.id()
              + ": that id stands for another request of origin "
              + result.origin());
    }
  }
}
