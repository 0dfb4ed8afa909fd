package org.spoolway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A host with one user, who owns everything and is in no group. */
public record FakeAccounts(int ownUid) implements Accounts {

  /** Their name. */
  public static final String USER = "ada";

  /** The user whom a file belongs to. */
  public static FakeAccounts ownerOf(Path file) throws IOException {
    return new FakeAccounts((int) Files.getAttribute(file, "unix:uid"));
  }

  @Override
  public String userName(int uid) {
    return uid == ownUid ? USER : "user-" + uid;
  }

  @Override
  public boolean isMember(int uid, String group) {
    return false;
  }

  @Override
  public Optional<String> primaryGroup(String user) {
    return Optional.empty();
  }
}
