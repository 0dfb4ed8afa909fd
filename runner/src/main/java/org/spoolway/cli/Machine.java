package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Status;
import org.spoolway.step.Site;
import org.spoolway.supervision.Rest;
import org.spoolway.supervision.Supervisor;
import org.spoolway.worker.Worker;

/**
 * What the command line needs of the process and the host; there is one real one, made by {@code
 * Wiring}.
 */
public interface Machine {

  /** The wall clock. */
  Clock clock();

  /** A variable of the environment, or empty when it is unset or empty. */
  Optional<String> environment(String name);

  /** Standard output. */
  PrintStream out();

  /** Standard error. */
  PrintStream err();

  /** Whether standard output is a terminal. */
  boolean isTerminal();

  /**
   * Asks whoever sits at the terminal for a password, which is not shown.
   *
   * @return empty when nobody sits there
   */
  Optional<char[]> password(String question);

  /** The host's users. */
  Accounts accounts();

  /** A deployment with its ways to the outside. */
  Site site(Deployment deployment, SpoolLayout layout);

  /** A worker for a deployment whose lock the caller holds. */
  Worker worker(Site site, SpoolDir spool, Status.Runner self, Worker.Mode mode) throws IOException;

  /** This process's number. */
  long pid();

  /** Whoever watches over this process. */
  Supervisor supervisor();

  /** Where the workers of this process are asked to rest. */
  Rest rest();

  /** Where relative paths of the command line start. */
  Path workingDirectory();

  /**
   * Has something done when this process is asked to end, and then ends it with exit code 0.
   *
   * @return closed when that is not wanted any more
   */
  Termination onTermination(Runnable ending);

  /** A wish that can be withdrawn. */
  interface Termination extends AutoCloseable {
    @Override
    void close();
  }
}
