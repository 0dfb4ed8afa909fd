package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Status;
import org.spoolway.spool.SpoolDirectories;
import org.spoolway.spool.SpoolLock;
import org.spoolway.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: works the queues. */
@Command(
    name = "run",
    description = "Work the queues of all deployments, or of those named, until asked to end.")
final class RunVerb extends Verb {

  private static final Logger LOG = LoggerFactory.getLogger(RunVerb.class);

  @Parameters(paramLabel = "DEPLOYMENT", arity = "0..*", description = "Only these deployments.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--drain", description = "End when nothing is left to do.")
  private boolean drain;

  @Option(
      names = "--watch",
      paramLabel = "auto|off",
      defaultValue = "auto",
      description = "How to notice requests: auto uses the kernel's events where they can be had, off looks now and then.")
  private String watch = "auto";

  /** One deployment being worked. */
  private record Post(String name, Worker worker, SpoolLock lock) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Worker.Watch watching = watch.equals("off") ? Worker.Watch.OFF : Worker.Watch.AUTO;
    List<Post> posts = new ArrayList<>();
    boolean allReadable = true;
    for (String name : deployments().orAll(names)) {
      try {
        posts.add(post(name));
      } catch (ProblemException e) {
        if (e.problem() == Problem.BUSY || !names.isEmpty()) {
          throw e;
        }
        LOG.error("{} Fix: {}", e.getMessage(), e.fix());
        allReadable = false;
      }
    }
    work(posts, watching);
    return allReadable ? ExitCode.OK : ExitCode.USAGE;
  }

  private Post post(String name) throws IOException, ProblemException {
    Deployment deployment = deployments().read(name);
    SpoolDir spool = deployments().layout().spool(name);
    StateDir state = deployments().layout().state(name);
    SpoolDirectories.prepare(deployment, spool, state, machine().accounts());
    SpoolLock lock = SpoolLock.take(state.lock(), name, machine().pid(), machine().clock().instant());
    Status.Runner self =
        new Status.Runner(machine().pid(), machine().clock().instant(), ProductVersion.read());
    Worker.Mode mode = drain ? Worker.Mode.DRAIN : Worker.Mode.SERVE;
    Worker worker =
        machine().worker(machine().site(deployment, deployments().layout()), spool, self, mode);
    LOG.info("working deployment {}", name);
    return new Post(name, worker, lock);
  }

  private void work(List<Post> posts, Worker.Watch watching) throws IOException {
    List<Thread> threads = new ArrayList<>();
    try (Machine.Termination ending =
        machine().onTermination(() -> posts.forEach(post -> post.worker().stop()))) {
      for (Post post : posts) {
        Thread thread = new Thread(() -> workOne(post, watching), "worker-" + post.name());
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      LOG.debug("all queues ended; {}", ending);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    } finally {
      for (Post post : posts) {
        post.lock().close();
      }
    }
  }

  private static void workOne(Post post, Worker.Watch watching) {
    try {
      post.worker().run(watching);
    } catch (IOException e) {
      LOG.error("cannot work deployment {}", post.name(), e);
    }
  }
}
