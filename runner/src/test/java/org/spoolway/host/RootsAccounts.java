package org.spoolway.host;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The superuser's view of accounts that all have a primary group, and are in no other.
 *
 * @param groups the primary group of each account, by its name
 */
public record RootsAccounts(UnaryOperator<String> groups) implements Accounts {

  @Override
  public int ownUid() {
    return 0;
  }

  @Override
  public String userName(int uid) {
    return "user-" + uid;
  }

  @Override
  public boolean isMember(int uid, String group) {
    return false;
  }

  @Override
  public Optional<String> primaryGroup(String user) {
    return Optional.of(groups.apply(user));
  }
}
