package org.spoolway.host;

import java.util.Optional;

/** The host's users and groups. */
public interface Accounts {

  /** The name of a user, or its number as text when it has none. */
  String userName(int uid);

  /** Whether a user is in a group, by primary group or by membership; false for unknown names. */
  boolean isMember(int uid, String group);

  /** The number, as text, of a user's primary group; empty for an unknown user. */
  Optional<String> primaryGroup(String user);

  /** The user that this process runs as. */
  int ownUid();
}
