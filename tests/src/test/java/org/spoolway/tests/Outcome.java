package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What has to come of a hostile act. */
@FunctionalInterface
interface Outcome {

  /** Waits for it, and asserts that it is so. */
  void await(HostileInbox inbox, Writer.Act act) throws IOException;

  /** All of these, in this order. */
  static Outcome all(Outcome... outcomes) {
    return (inbox, act) -> {
      for (Outcome outcome : outcomes) {
        outcome.await(inbox, act);
      }
    };
  }

  /** A request like any other. */
  static Outcome succeeds(String id) {
    return ends(id, "succeeded");
  }

  /** A request with this end, and no error. */
  static Outcome ends(String id, String state) {
    return (inbox, act) -> {
      JsonNode result = inbox.end(id);
      assertEquals(state, Results.text(result, "state"), result.toPrettyString());
      assertTrue(result.path("error").isNull(), result.toPrettyString());
    };
  }

  /** A request with this end and this error. */
  static Outcome fails(String id, String state, String code) {
    return (inbox, act) -> Results.assertError(state, code, inbox.end(id));
  }

  /** Refused, told under this id, and kept as it was. */
  static Outcome refused(String id, String code) {
    return refused(id, code, "cannot ");
  }

  /** The same, with these words in the message. */
  static Outcome refused(String id, String code, String words) {
    return (inbox, act) -> {
      JsonNode result = inbox.end(id);
      Results.assertError("rejected", code, result);
      String message = Results.text(result.path("error"), "message");
      assertTrue(message.contains(words), message);
      Entry kept = inbox.rejected(id);
      List<Entry> dropped = act.entries();
      assertTrue(dropped.contains(kept), id + " is kept as " + kept + ", dropped were " + dropped);
    };
  }

  /** The names are nobody's: they stay, as they are, and are counted. */
  static Outcome leftAlone() {
    return (inbox, act) -> {
      assertTrue(!act.entries().isEmpty(), "the writer left something");
      inbox.ignores(act.entries());
    };
  }

  /** Nothing at all: the kernel refused it, as the act itself has seen. */
  static Outcome nothing() {
    return (inbox, act) -> Until.isTrue("the end of the act", act::isOver);
  }
}
