package org.spoolway.host.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.host.Accounts;

/** The accounts of a Linux host; answers about others are remembered for a minute. */
public final class HostAccounts implements Accounts {

  private final NameService names;
  private final int ownUid = effectiveUid();

  /** The accounts of this host. */
  public HostAccounts() {
    this(new NameService());
  }

  HostAccounts(NameService names) {
    this.names = names;
  }

  @Override
  public String userName(int uid) {
    String number = Integer.toUnsignedString(uid);
    return names.user(number).map(NameService.User::name).orElse(number);
  }

  @Override
  public boolean isMember(int uid, String group) {
    return names
        .groupId(group)
        .flatMap(
            id ->
                names
                    .user(Integer.toUnsignedString(uid))
                    .map(user -> names.groupIds(user.name()).contains(id)))
        .orElse(false);
  }

  @Override
  public Optional<String> primaryGroup(String user) {
    return names.user(user).map(found -> Integer.toUnsignedString(found.gid()));
  }

  @Override
  public int ownUid() {
    return ownUid;
  }

  /**
   * Read from the kernel's own account: the owner of {@code /proc/self} can be root for others too.
   */
  static int effectiveUid() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> Integer.parseUnsignedInt(line.split("\\s+", -1)[2]))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("/proc/self/status names no Uid"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/status", e);
    }
  }
}
