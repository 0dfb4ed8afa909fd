package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.worker.Worker;

/**
 * Which deployments a runner that works all of them is to work: those that have a file. A file that
 * comes is taken up, one that goes is let go of, and one that changes is read anew between two
 * jobs; while it is wrong, what it said before holds.
 */
final class Roster {

  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

  private final Machine machine;
  private final Deployments deployments;
  private final Map<String, Stamp> taken = new ConcurrentHashMap<>();
  private final Map<String, String> told = new TreeMap<>();

  Roster(Machine machine, Deployments deployments) {
    this.machine = machine;
    this.deployments = deployments;
  }

  /** By which it is known that a file is the one that was read. */
  private record Stamp(FileTime modified, long size, Object inode) {}

  /** Takes a deployment over, as its file is now. */
  Post take(String name, Worker.Mode mode) throws IOException, ProblemException {
    Optional<Stamp> stamp = stamp(name);
    Post post = Post.take(machine, deployments, name, mode);
    stamp.ifPresent(known -> taken.put(name, known));
    return post;
  }

  /** Those of the deployments in work that are to be let go of: gone, or changed for good. */
  Set<String> toRetire(Set<String> working) throws IOException {
    Set<String> retire = new TreeSet<>();
    for (String name : working) {
      Optional<Stamp> now = stamp(name);
      if (now.isEmpty()) {
        LOG.info("deployment {} has no file any more; it is let go of", name);
        retire.add(name);
      } else if (!now.get().equals(taken.get(name)) && isRight(name)) {
        LOG.info("the file of deployment {} has changed; it is read anew", name);
        retire.add(name);
      }
    }
    return retire;
  }

  /** Takes over one that is not worked; empty when somebody else has it, or its file is wrong. */
  Optional<Post> tryToTake(String name) throws IOException {
    Optional<Stamp> now = stamp(name);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    try {
      Post post = take(name, Worker.Mode.SERVE);
      told.remove(name);
      return Optional.of(post);
    } catch (ProblemException e) {
      if (e.problem() != Problem.BUSY) {
        tellWrong(name, e);
      }
      return Optional.empty();
    }
  }

  /** The names for which there is a file. */
  Set<String> names() throws IOException {
    return new TreeSet<>(deployments.names());
  }

  private boolean isRight(String name) throws IOException {
    try {
      deployments.readToAct(name);
      return true;
    } catch (ProblemException e) {
      tellWrong(name, e);
      return false;
    }
  }

  /** Tried again at each look, for what is wrong may lie beside the file; told once. */
  private void tellWrong(String name, ProblemException e) {
    String message = String.valueOf(e.getMessage());
    if (!message.equals(told.put(name, message))) {
      LOG.error("{}; Fix: {}", message, e.fix());
    }
  }

  private Optional<Stamp> stamp(String name) throws IOException {
    Path file = deployments.layout().deploymentFile(name);
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(is.lastModifiedTime(), is.size(), Objects.requireNonNull(is.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
