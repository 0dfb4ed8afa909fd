package org.spoolway.host.systemd;

import java.util.Optional;
import org.spoolway.host.Commands;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/**
 * Whether the runner that this process is works: systemd has it for {@code active}, which means
 * that it said so itself when all its deployments had recovered and were watched.
 */
public final class RunnerProbe implements HealthProbe {

  private final Handover handover;
  private final Systemctl systemctl;
  private final long pid;

  /**
   * A look at this process.
   *
   * @param commands runs systemd's commands
   */
  public RunnerProbe(Commands commands, Handover handover, RunnerSettings settings) {
    this.handover = handover;
    this.systemctl = new Systemctl(commands, settings.state().path().toString());
    this.pid = settings.pid();
  }

  @Override
  public Answer ask(Version expected, Interruption interruption) {
    UnitMain main = UnitMain.ask(systemctl, RunnerHandover.UNIT);
    boolean serves = main.pid() == pid && "active".equals(main.state());
    boolean isIt = handover.own().equals(Optional.of(expected));
    String which = isIt ? "" : ", which is not " + expected;
    return new Answer(
        serves && isIt,
        RunnerHandover.UNIT + " is " + main.describe() + ", this one is " + pid + which);
  }
}
