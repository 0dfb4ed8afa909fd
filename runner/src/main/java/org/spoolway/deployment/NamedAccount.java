package org.spoolway.deployment;

import java.util.Set;

/**
 * A user or group of this host that a deployment file names.
 *
 * @param name its name, or its number
 * @param kind which it is
 * @param part what it has to do with the application
 * @param key where the file names it, such as {@code build.user}
 */
public record NamedAccount(String name, Kind kind, Part part, String key) {

  /** Users and groups. */
  public enum Kind {
    /** A user. */
    USER,
    /** A group. */
    GROUP
  }

  /** What an account has to do with an application. */
  public enum Part {
    /** The application or its migrations run as it. */
    RUN,
    /** It builds releases. */
    BUILD,
    /** Candidates that are asked for their version run as it. */
    ASK_VERSIONS,
    /** It looks after the database server, whose package brings it. */
    KEEP_DATA,
    /** Commands that copy data and put them back run as it. */
    COPY_DATA,
    /** It tells people. */
    TELL,
    /** It may ask for some things. */
    ASK,
    /** It may ask for everything, as those do who look after the host. */
    LOOK_AFTER
  }

  /** Whether a name is that of the host's own account, or group. */
  public static boolean isRoot(String name) {
    return name.equals("root") || name.equals("0");
  }

  /** Whether it is a user other than root with one of these parts. */
  public boolean isUserWith(Set<Part> parts) {
    return kind == Kind.USER && parts.contains(part) && !isRoot(name);
  }
}
