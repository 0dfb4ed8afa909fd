package org.spoolway.spool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.host.Accounts;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;

/**
 * Who may ask for what. The inbox is the credential; the file's owner is only a cross-check, since
 * whoever owns an inbox can move other people's files into it. Nothing inside a file widens
 * anything.
 */
public final class Access {

  private static final Set<Action> RESERVED = Set.of(Action.HOTFIX, Action.MODULES);

  private final Map<String, Origin> origins;
  private final Accounts accounts;

  /** The rights of a deployment's origins. */
  public Access(Map<String, Origin> origins, Accounts accounts) {
    this.origins = origins;
    this.accounts = accounts;
  }

  /**
   * Whether a user may own files in an origin's inbox. Where no owners are listed the runner's own
   * user is meant, and who asks elsewhere takes himself for that.
   */
  public boolean mayOwn(String origin, int uid) {
    Origin settings = origins.get(origin);
    if (settings == null) {
      return false;
    }
    List<String> owners = settings.owners();
    return owners.isEmpty()
        ? uid == accounts.ownUid()
        : owners.stream().anyMatch(owner -> matches(owner, uid));
  }

  private boolean matches(String owner, int uid) {
    if (owner.startsWith("@")) {
      return accounts.isMember(uid, owner.substring(1));
    }
    return owner.equals(Integer.toString(uid)) || owner.equals(accounts.userName(uid));
  }

  /** What an origin may ask for, as far as this version can do it, in the order of the actions. */
  public static List<Action> open(Origin origin) {
    return origin.actions().stream().filter(action -> !RESERVED.contains(action)).sorted().toList();
  }

  /** Why a request may not be carried out for an origin, or null when it may. */
  @Nullable Problem problem(String origin, Request request) {
    Origin settings = origins.get(origin);
    if (settings == null || !settings.actions().contains(request.action())) {
      return Problem.ACTION_NOT_ALLOWED;
    }
    if (RESERVED.contains(request.action())) {
      return Problem.ACTION_NOT_SUPPORTED;
    }
    String other = request.parameters().origin();
    if (other == null || other.equals(origin)) {
      return null;
    }
    if (!settings.actions().containsAll(Set.of(Action.values()))) {
      return Problem.ACTION_NOT_ALLOWED;
    }
    return origins.containsKey(other) ? null : Problem.REQUEST_UNKNOWN;
  }

  /** The reason as the end of a sentence. */
  String reason(Problem problem) {
    return switch (problem) {
      case ACTION_NOT_SUPPORTED -> "this version cannot do that";
      case REQUEST_UNKNOWN -> "`params.origin` names no origin of this deployment";
      default -> "the deployment file does not allow it";
    };
  }
}
