package org.spoolway.cli;

import java.io.IOException;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Status;
import org.spoolway.spool.SafePaths;
import org.spoolway.spool.SpoolDirectories;
import org.spoolway.spool.SpoolLock;
import org.spoolway.worker.Worker;

/**
 * A deployment that this process works: its worker, and the lock that keeps others out until this
 * is closed.
 */
record Post(String name, Worker worker, SpoolLock lock) implements AutoCloseable {

  /**
   * Takes a deployment over.
   *
   * @throws ProblemException {@code BUSY} when another process has it, {@code CONFIGURATION}, or
   *     {@code UNSAFE_PATH} when somebody else could change what the runner relies on
   */
  static Post take(Machine machine, Deployments deployments, String name, Worker.Mode mode)
      throws IOException, ProblemException {
    Deployment deployment = deployments.readToAct(name);
    SpoolLayout layout = deployments.layout();
    SpoolDir spool = layout.spool(name);
    StateDir state = layout.state(name);
    SpoolDirectories.prepare(deployment, spool, state, machine.accounts());
    new SafePaths(machine.accounts()).requireAbove(layout.deploymentFile(name));
    String user = machine.accounts().userName(machine.accounts().ownUid());
    SpoolLock lock =
        SpoolLock.take(state.lock(), name, machine.pid(), user, machine.clock().instant());
    try {
      Status.Runner self =
          new Status.Runner(machine.pid(), machine.clock().instant(), ProductVersion.read(), null);
      Worker worker = machine.worker(machine.site(deployment, layout), spool, self, mode);
      return new Post(name, worker, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
