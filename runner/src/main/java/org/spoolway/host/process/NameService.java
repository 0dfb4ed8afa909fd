package org.spoolway.host.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host's users and groups, wherever they are kept: asked through {@code getent} and {@code id},
 * and remembered for a minute, for a directory server may be slow.
 */
final class NameService {

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Query query;
  private final LongSupplier nanoTime;
  private final Map<List<String>, Answer> answers = new ConcurrentHashMap<>();

  /** One that asks this host. */
  NameService() {
    this(Query.ofHost(), System::nanoTime);
  }

  NameService(Query query, LongSupplier nanoTime) {
    this.query = query;
    this.nanoTime = nanoTime;
  }

  /** A user, by name or by number; empty when there is none. */
  Optional<User> user(String nameOrUid) {
    return ask("getent", "passwd", nameOrUid).flatMap(User::parse);
  }

  /** A group's number, as text; empty when there is none. */
  Optional<String> groupId(String group) {
    return ask("getent", "group", group)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2)
        .map(fields -> fields[2]);
  }

  /** The numbers, as text, of all groups that a user is in; numbers, for names may hold blanks. */
  Set<String> groupIds(String user) {
    return ask("id", "-G", user).stream()
        .flatMap(line -> Stream.of(line.strip().split(" ", -1)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<String> ask(String program, String what, String name) {
    // A name that looks like an option, or like none at all, is nobody's.
    if (name.isEmpty() || name.startsWith("-") || name.chars().anyMatch(c -> c < ' ' || c == ':')) {
      return Optional.empty();
    }
    long now = nanoTime.getAsLong();
    answers.values().removeIf(answer -> now - answer.nanos() >= REMEMBERED.toNanos());
    return answers
        .computeIfAbsent(
            List.of(program, what, name), asked -> new Answer(query.firstLine(asked), now))
        .line();
  }

  private record Answer(Optional<String> line, long nanos) {}

  /**
   * A line of the user database.
   *
   * @param name the login name
   * @param uid the user's number, unsigned
   * @param gid the number of the primary group, unsigned
   * @param home the home directory
   */
  record User(String name, int uid, int gid, String home) {

    private static Optional<User> parse(String line) {
      String[] fields = line.split(":", -1);
      return fields.length < 7
          ? Optional.empty()
          : Optional.of(
              new User(
                  fields[0],
                  Integer.parseUnsignedInt(fields[2]),
                  Integer.parseUnsignedInt(fields[3]),
                  fields[5]));
    }
  }
}
