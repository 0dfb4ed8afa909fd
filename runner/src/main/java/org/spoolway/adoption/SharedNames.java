package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.adoption.AdoptionRecord.Shared;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;

/**
 * What of a checkout goes to {@code shared/}: what the deployment file says is there, found under
 * the same name, and what whoever adopts it names besides.
 */
final class SharedNames {

  /** What SQLite keeps beside a database that was not closed. */
  private static final List<String> SIDECARS = List.of("-wal", "-shm", "-journal");

  private final Deployment deployment;
  private final Path root;
  private final Map<String, String> found = new LinkedHashMap<>();

  private SharedNames(Deployment deployment) {
    this.deployment = deployment;
    this.root = deployment.root();
  }

  /**
   * What is there to be shared, without what lies in something that is shared itself.
   *
   * @param named names in the checkout with those that they are to have below {@code shared/}
   * @throws ProblemException {@code ADOPTION_REFUSED} when a name that was given is not there, or
   *     the database is not
   */
  static List<Shared> of(Deployment deployment, Map<String, String> named)
      throws ProblemException, IOException {
    SharedNames names = new SharedNames(deployment);
    for (Map.Entry<String, String> one : named.entrySet()) {
      names.requireThere(one.getKey());
      requireBelowShared(one.getValue());
      names.add(one.getKey(), one.getValue());
    }
    deployment.shared().link().forEach(names::addSame);
    deployment.shared().create().forEach(names::addSame);
    if (deployment.install().environment() != null) {
      names.addSame(deployment.install().environmentFile());
    }
    names.addDatabase();
    return names.outermost();
  }

  private static void requireBelowShared(String to) throws ProblemException {
    if (!isInside(Path.of(to).normalize())) {
      throw Refusal.of(
          to + " does not lie below shared/", "Name where it is to lie there, such as `media`.");
    }
  }

  private static boolean isInside(Path path) {
    return !path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty();
  }

  private void requireThere(String name) throws ProblemException {
    Path path = Path.of(name).normalize();
    if (!isInside(path) || !Moves.exists(root.resolve(path))) {
      throw Refusal.of(
          "there is no " + name + " in it",
          "Name what is to be shared as it lies in " + root + ".");
    }
  }

  private void addSame(String name) {
    add(name, name);
  }

  /** The first word counts, which is that of whoever named it. */
  private void add(String name, String to) {
    String from = Path.of(name).normalize().toString();
    if (Moves.exists(root.resolve(from))) {
      found.putIfAbsent(from, Path.of(to).normalize().toString());
    }
  }

  private void addDatabase() throws ProblemException {
    Path database = deployment.database().path();
    Path shared = new ApplicationDir(root).shared();
    if (database == null || !database.startsWith(shared)) {
      return;
    }
    String to = shared.relativize(database).toString();
    addSame(to);
    List<String> names = new ArrayList<>(found.keySet());
    for (String name : names) {
      if (to.equals(found.get(name))) {
        SIDECARS.forEach(sidecar -> add(name + sidecar, to + sidecar));
      }
    }
    if (!isThere(to)) {
      throw Refusal.of(
          "the database is not there: no " + root.resolve(to),
          "Say where it lies in the checkout: `--share FILE=" + to + "`.");
    }
  }

  /** Whether what will be at a name below shared/ is in the checkout now. */
  private boolean isThere(String to) {
    return found.entrySet().stream()
        .filter(one -> Path.of(to).startsWith(one.getValue()))
        .map(
            one ->
                root.resolve(one.getKey()).resolve(Path.of(one.getValue()).relativize(Path.of(to))))
        .anyMatch(Files::exists);
  }

  private List<Shared> outermost() {
    List<Shared> all =
        found.entrySet().stream()
            .map(one -> new Shared(one.getKey(), one.getValue()))
            .sorted(Comparator.comparing(Shared::name))
            .toList();
    return all.stream().filter(one -> !isWithinAnother(one, all)).toList();
  }

  private static boolean isWithinAnother(Shared one, List<Shared> all) {
    return all.stream().anyMatch(other -> !other.equals(one) && other.covers(Path.of(one.name())));
  }
}
