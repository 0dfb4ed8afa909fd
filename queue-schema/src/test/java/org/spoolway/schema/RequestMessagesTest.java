package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people read when the meaning of a request is wrong. */
class RequestMessagesTest {

  private static final String ACTIONS =
      "it is one of check, update, rollback, restart, backup, restore, prune, cancel, hotfix,"
          + " modules";

  @Test
  void misspeltFieldComesWithItsPlaceAndTheRightSpelling() {
    assertRefused(
        "unknown field \"reasno\" (line 3, column 5); did you mean \"reason\"?",
        "{\n  \"action\": \"update\",\n    \"reasno\": \"…\"\n}");
    assertRefused(
        "unknown field \"DryRun\" (line 1, column 2); did you mean \"dryRun\"?",
        "{\"DryRun\":true,\"action\":\"update\"}");
    assertRefused(
        "unknown field \"params.verison\" (line 1, column 12);"
            + " did you mean \"params.version\"?",
        "{\"params\":{\"verison\":\"3.2.0\"},\"action\":\"update\"}");
  }

  @Test
  void rightFieldInTheWrongPlaceIsShownItsPlace() {
    assertRefused(
        "unknown field \"version\" (line 1, column 20); did you mean \"params.version\"?",
        "{\"action\":\"update\",\"version\":\"3.2.0\"}");
    assertRefused(
        "unknown field \"versoin\" (line 1, column 20); did you mean \"params.version\"?",
        "{\"action\":\"update\",\"versoin\":\"3.2.0\"}");
    assertRefused(
        "unknown field \"params.dryRun\" (line 1, column 30); did you mean \"dryRun\"?",
        "{\"action\":\"update\",\"params\":{\"dryRun\":true}}");
  }

  @Test
  void fieldLikeNoOtherComesWithAllThatThereAre() {
    assertRefused(
        "unknown field \"command\" (line 1, column 2); the fields are schema, id, action, params,"
            + " reason, requestedBy, dryRun, plan, notBefore, expires",
        "{\"command\":\"rm\"}");
    assertRefused(
        "unknown field \"params.\\u001b[2J\" (line 1, column 12); the fields are params.version,"
            + " params.id, params.origin, params.snapshot, params.data",
        "{\"params\":{\"\\u001b[2J\":1},\"action\":\"check\"}");
  }

  @Test
  void otherVersionIsNamedBeforeAnythingElse() {
    assertRefused(
        "unknown schema \"spoolway/request/v2\" (line 1, column 27); this is spoolway/request/v1",
        "{\"verb\":\"update\",\"schema\":\"spoolway/request/v2\",\"action\":7}");
    assertRefused("\"schema\" must be a string (line 1, column 11)", "{\"schema\":2}");
  }

  @Test
  void actionIsNeverGuessed() {
    assertRefused("\"action\" is missing; " + ACTIONS, "{}");
    assertRefused(
        "unknown action \"upgrade\" (line 1, column 11); " + ACTIONS, "{\"action\":\"upgrade\"}");
    assertRefused(
        "unknown action \"Update\" (line 1, column 11); " + ACTIONS, "{\"action\":\"Update\"}");
    assertRefused("\"action\" must be a string (line 1, column 11)", "{\"action\":1}");
  }

  @Test
  void typesAreNeverConverted() {
    assertRefused(
        "\"dryRun\" must be true or false (line 1, column 28)",
        "{\"action\":\"check\",\"dryRun\":\"true\"}");
    assertRefused(
        "\"dryRun\" must be true or false (line 1, column 28); leave it out rather than null",
        "{\"action\":\"check\",\"dryRun\":null}");
    assertRefused(
        "\"reason\" must be a string (line 1, column 28); leave it out rather than null",
        "{\"action\":\"check\",\"reason\":null}");
    assertRefused(
        "\"params\" must be an object (line 1, column 28)", "{\"action\":\"check\",\"params\":[]}");
    assertRefused(
        "\"params.version\" must be a string (line 1, column 39)",
        "{\"action\":\"check\",\"params\":{\"version\":3}}");
  }

  @Test
  void malformedVersionsIdsAndTimesComeWithAnExample() {
    assertRefused(
        "\"params.version\" is malformed (line 1, column 39);"
            + " \"v3.2\" is not a semantic version such as 3.2.0",
        "{\"action\":\"check\",\"params\":{\"version\":\"v3.2\"}}");
    assertRefused(
        "\"id\" is malformed (line 1, column 24); an id is 1 to 64 letters, digits, '.', '_' or"
            + " '-' and starts with a letter or digit",
        "{\"action\":\"check\",\"id\":\"../../etc\"}");
    assertRefused(
        "\"expires\" must be a time such as 2026-11-21T02:00:00Z (line 1, column 29)",
        "{\"action\":\"check\",\"expires\":\"tomorrow\"}");
  }

  @Test
  void timesAreTheInstantThatTheyMean() throws Exception {
    Request request =
        read(
            "{\"action\":\"check\",\"notBefore\":\"2026-11-21T02:00:00.25+05:30\","
                + "\"expires\":\"2026-11-21T00:00:00-00:00\"}");
    assertEquals(Instant.parse("2026-11-20T20:30:00.250Z"), request.notBefore());
    assertEquals(Instant.parse("2026-11-21T00:00:00Z"), request.expires());
  }

  @Test
  void requestWithoutParametersHasNone() throws Exception {
    assertEquals(Request.Params.NONE, read("{\"action\":\"check\"}").parameters());
  }

  private static void assertRefused(String message, String json) {
    assertEquals(message, assertThrows(SchemaJson.Malformed.class, () -> read(json)).getMessage());
  }

  private static Request read(String json) throws SchemaJson.Malformed {
    return SchemaJson.request(json.getBytes(StandardCharsets.UTF_8));
  }
}
