package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.host.Accounts;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;

class AccessTest {

  private static final int ROOT = 0;
  private static final int NOTES = 1001;
  private static final int ADA = 1002;

  /** Ada is a member of the group spoolway; the runner is root. */
  private static final Accounts HOST =
      new Accounts() {
        @Override
        public int ownUid() {
          return ROOT;
        }

        @Override
        public String userName(int uid) {
          return switch (uid) {
            case ROOT -> "root";
            case NOTES -> "notes-web";
            default -> "ada";
          };
        }

        @Override
        public boolean isMember(int uid, String group) {
          return uid == ADA && group.equals("spoolway");
        }

        @Override
        public Optional<String> primaryGroup(String user) {
          return Optional.of(user);
        }
      };

  private final Access access =
      new Access(
          Map.of(
              "web",
              new Origin(List.of("notes-web"), EnumSet.of(Action.CHECK, Action.CANCEL), null, 1000),
              "operator",
              new Origin(List.of("0", "@spoolway"), EnumSet.allOf(Action.class), null, 1000),
              "alone",
              new Origin(List.of(), EnumSet.allOf(Action.class), null, 1000)),
          HOST);

  @Test
  void ownersAreUsersByNameOrNumberAndMembersOfGroups() {
    assertTrue(access.mayOwn("web", NOTES));
    assertTrue(access.mayOwn("operator", ROOT));
    assertTrue(access.mayOwn("operator", ADA));
    assertFalse(access.mayOwn("operator", NOTES));
  }

  @Test
  void rootMayNotOwnFilesInAnApplicationsInbox() {
    assertFalse(access.mayOwn("web", ROOT));
  }

  @Test
  void withoutOwnersItIsTheRunnersUserAlone() {
    assertTrue(access.mayOwn("alone", ROOT));
    assertFalse(access.mayOwn("alone", ADA));
  }

  @Test
  void anOriginThatTheFileDoesNotNameMayNothing() {
    assertFalse(access.mayOwn("nobody", ROOT));
    assertEquals(Problem.ACTION_NOT_ALLOWED, problem("nobody", Action.CHECK, null));
  }

  @Test
  void actionsAreThoseOfTheOrigin() {
    assertNull(problem("web", Action.CHECK, null));
    assertEquals(Problem.ACTION_NOT_ALLOWED, problem("web", Action.UPDATE, null));
    assertEquals(Problem.ACTION_NOT_SUPPORTED, problem("operator", Action.HOTFIX, null));
  }

  @Test
  void onlyWhoMayEverythingCancelsWhatOthersAskedFor() {
    assertNull(problem("web", Action.CANCEL, "web"));
    assertEquals(Problem.ACTION_NOT_ALLOWED, problem("web", Action.CANCEL, "operator"));
    assertNull(problem("operator", Action.CANCEL, "web"));
  }

  private @Nullable Problem problem(String origin, Action action, @Nullable String other) {
    Request.Params params = Request.Params.request(new RequestId("a"), other);
    Request request = new Request(null, null, action, params, null, null, false, null, null, null);
    return access.problem(origin, request);
  }
}
