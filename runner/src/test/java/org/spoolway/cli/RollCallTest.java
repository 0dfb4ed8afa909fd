package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.spoolway.supervision.FakeSupervisor;
import org.spoolway.worker.LifeSign;

class RollCallTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<String> doing = new AtomicReference<>();
  private final FakeSupervisor supervisor = new FakeSupervisor(PATIENCE);
  private final LifeSign notes = new LifeSign(nanos::get);
  private final LifeSign wiki = new LifeSign(nanos::get);
  private final RollCall call =
      new RollCall(
          supervisor,
          () ->
              List.of(
                  new RollCall.Member("notes", notes, () -> Optional.ofNullable(doing.get())),
                  new RollCall.Member("wiki", wiki, Optional::empty)),
          nanos::get);

  @Test
  void readyIsToldOnceAndOnlyWhenAllServe() {
    call.call();
    notes.serves();
    call.call();
    wiki.serves();
    call.call();
    call.call();
    assertEquals(
        List.of(
            "2 deployments; notes: recovering; wiki: recovering",
            "2 deployments; wiki: recovering",
            "READY",
            "2 deployments",
            "ALIVE"),
        supervisor.told);
  }

  @Test
  void aSignOfLifeIsGivenTwiceInThePatienceOfTheSupervisor() {
    begin();
    after(Duration.ofSeconds(59), LifeSign::pass);
    assertEquals(List.of(), supervisor.told);
    after(Duration.ofSeconds(1), LifeSign::pass);
    assertEquals(List.of("ALIVE"), supervisor.told);
  }

  @Test
  void noSignOfLifeIsGivenForAWorkerThatIsStuckUntilItGetsOn() {
    begin();
    after(Duration.ofSeconds(61), stuck -> {});
    after(Duration.ofSeconds(1), stuck -> {});
    assertEquals(List.of(), supervisor.told);
    after(Duration.ofSeconds(1), LifeSign::pass);
    assertEquals(List.of("ALIVE"), supervisor.told);
  }

  @Test
  void whatRunsIsToldWhenItChanges() {
    begin();
    doing.set("update to 1.2.0");
    call.call();
    call.call();
    doing.set(null);
    call.call();
    assertEquals(
        List.of("2 deployments; notes: update to 1.2.0", "2 deployments"), supervisor.told);
  }

  private void begin() {
    notes.serves();
    wiki.serves();
    call.call();
    supervisor.told.clear();
  }

  private void after(Duration time, Consumer<LifeSign> meanwhile) {
    nanos.addAndGet(time.toNanos());
    meanwhile.accept(notes);
    meanwhile.accept(wiki);
    call.call();
  }
}
