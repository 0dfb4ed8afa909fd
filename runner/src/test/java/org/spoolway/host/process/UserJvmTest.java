package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserJvmTest {

  /** Prints the names in its environment. */
  static final class Names {
    private Names() {}

    public static void main(String[] args) {
      new TreeSet<>(System.getenv().keySet()).forEach(System.out::println);
    }
  }

  @TempDir private Path state;

  /** A notification's password or a source's token may be among it. */
  @Test
  void theRunnersOwnEnvironmentIsNotHandedOn() throws Exception {
    HostAccounts accounts = new HostAccounts();
    String own = accounts.userName(accounts.ownUid());
    Process process = new UserJvm(own, state.toString(), Duration.ofMinutes(1)).start(Names.class);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    Set<String> names = new TreeSet<>(printed.lines().toList());
    assertTrue(names.remove(Launcher.MARK), printed);
    names.removeAll(Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HOME", "USER", "LOGNAME"));
    assertEquals(Set.of(), names);
  }
}
