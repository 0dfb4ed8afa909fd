package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What is forced to the disk between a claim and its result, and in which order: the table of "Why
 * nothing is lost and nothing runs twice" in {@code runner/README.md}, as the kernel sees it.
 */
class DurabilityTest {

  private static final String JOURNAL = "force lib/app/journals/TICKET";
  private static final String INBOX = "force spool/app/incoming/operator";
  private static final String RESULT = "rename spool/app/results/operator/ID.json";

  /** From the claim until anything may be told. */
  private static final List<String> ACCEPT =
      List.of("rename spool/app/processing/TICKET/NAME", JOURNAL, "force lib/app/journals", INBOX);

  /** The terminal result. */
  private static final List<String> TELL =
      List.of(
          "force spool/app/results/operator/.ID.json.tmp",
          RESULT,
          "force spool/app/results/operator");

  /** The steps of an update with a migration, each after its {@code Applying} was forced. */
  private static final List<String> UPDATE =
      List.of(
          "", // preflight, with Started
          "", // resolve
          """
          rename opt/app/releases/1.1.0
          force opt/app/releases
          """, // fetch
          "", // build
          """
          force all of the disk of opt/app/releases/1.1.0
          force opt/app/releases/1.1.0/..spoolway-manifest.tmp
          rename opt/app/releases/1.1.0/.spoolway-manifest
          force opt/app/releases/1.1.0
          """, // seal
          "", // check
          """
          force opt/app/.maintenance.tmp
          rename opt/app/maintenance
          force opt/app
          """, // maintenance-on
          "force lib/app\n", // stop: the service's record is removed
          """
          force opt/app/snapshots/SNAPSHOT/data
          force opt/app/snapshots/SNAPSHOT/data/database.sqlite
          force opt/app/snapshots/SNAPSHOT/data/database.sqlite
          force opt/app/snapshots/SNAPSHOT/data/.snapshot.json.tmp
          rename opt/app/snapshots/SNAPSHOT/data/snapshot.json
          force opt/app/snapshots/SNAPSHOT/data
          force opt/app/snapshots/SNAPSHOT/.about.json.tmp
          rename opt/app/snapshots/SNAPSHOT/about.json
          force opt/app/snapshots/SNAPSHOT
          force opt/app/snapshots
          force opt/app
          """, // snapshot
          """
          force opt/app/snapshots/SNAPSHOT/.rows.json.tmp
          rename opt/app/snapshots/SNAPSHOT/rows.json
          force opt/app/snapshots/SNAPSHOT
          """, // migrate: how many rows there were then; what the database forces is its own
          """
          rename opt/app/current
          force opt/app
          """, // swap
          """
          force lib/app/.service.json.tmp
          rename lib/app/service.json
          force lib/app
          force lib/app/.service.json.tmp
          rename lib/app/service.json
          force lib/app
          """, // start: its record, before there is a process and when there is
          "", // gate
          "force opt/app\n", // maintenance-off
          ""); // prune

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private TracedForces writes;
  private Spool spool;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.release("1.0.0", new Release()).write();
    writes = new TracedForces(home.path());
    requireTracing();
    String program = Image.program().toString();
    List<String> command = List.of(program, "--home", home.path().toString(), "run");
    home.awaitServing(home.start(Map.of(), writes.of(command)));
    spool = home.spool("app");
    assertEquals("succeeded", Results.text(spool.ask("update@1.0.0"), "state"));
    assertEquals("succeeded", Results.text(spool.ask("check.to-warm-up"), "state"));
    awaitTidiness();
  }

  private void requireTracing() {
    Program.Ended ended = Program.run(home.path(), Map.of(), writes.of(List.of("true")));
    if (ended.exit() != 0) {
      System.out.println("skipped: no process can be traced here: " + ended.all().strip());
    }
    Assumptions.assumeTrue(ended.exit() == 0, "no process can be traced here");
  }

  private void awaitTidiness() {
    Until.isTrue("the job being over", () -> !home.hasOpenRequests("app"));
  }

  @Test
  void checkForcesWhatTheTableSaysAndNothingElse() {
    List<String> expected = new ArrayList<>(ACCEPT);
    expected.add(JOURNAL);
    expected.add("rename lib/app/available.json");
    expected.addAll(TELL);

    assertEquals(String.join("\n", expected), String.join("\n", writesOf("check")));
  }

  @Test
  void updateForcesItsJournalBeforeEachStepAndItsHistoryBeforeTheResult() {
    application.release("1.1.0", new Release().schema(2));
    List<String> expected = new ArrayList<>(ACCEPT);
    for (String step : UPDATE) {
      expected.add(JOURNAL);
      expected.addAll(step.lines().toList());
    }
    expected.add("force lib/app/history.jsonl");
    expected.addAll(TELL);

    assertEquals(String.join("\n", expected), String.join("\n", writesOf("update@1.1.0")));
  }

  /** What one request forces and renames, but for what is not the runner's or may come or not. */
  private List<String> writesOf(String name) {
    int before = writes.size();
    JsonNode result = spool.ask(name);
    awaitTidiness();
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    String id = Results.text(result, "id");
    List<String> found =
        writes.since(before).stream()
            .filter(write -> !write.endsWith("/status.json"))
            .filter(write -> !isOfGitOrTheDatabase(write))
            .map(write -> write.replace("/TICKET/" + name, "/TICKET/NAME"))
            .map(write -> write.replace(id + ".json", "ID.json"))
            .map(write -> write.replaceFirst("snapshots/\\d+-1.0.0", "snapshots/SNAPSHOT"))
            .toList();
    return withoutTellingMeanwhile(found);
  }

  private static boolean isOfGitOrTheDatabase(String write) {
    return write.contains("lib/app/mirror.git/")
        || write.contains("opt/app/shared")
        || write.endsWith("/database.sqlite-journal");
  }

  /** How often a job is told that waits or runs depends on how long it takes. */
  private static List<String> withoutTellingMeanwhile(List<String> writes) {
    int accepted = writes.indexOf(INBOX);
    int last = writes.lastIndexOf(RESULT);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      if (!writes.get(i).equals(RESULT) || i < accepted || i == last) {
        kept.add(writes.get(i));
      }
    }
    return kept;
  }
}
