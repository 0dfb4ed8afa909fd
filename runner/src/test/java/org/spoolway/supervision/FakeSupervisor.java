package org.spoolway.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A supervisor that writes down what it is told. */
public final class FakeSupervisor implements Supervisor {

  /** What was told, in order: signs by their names, descriptions as they are. */
  public final List<String> told = new CopyOnWriteArrayList<>();

  private final Duration patience;

  /** One that waits this long for a sign of life. */
  public FakeSupervisor(Duration patience) {
    this.patience = patience;
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public Optional<Duration> patience() {
    return Optional.of(patience);
  }

  @Override
  public void tell(Sign sign) {
    told.add(sign.name());
  }

  @Override
  public void describe(String text) {
    told.add(text);
  }
}
