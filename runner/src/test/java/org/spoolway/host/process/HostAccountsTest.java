package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostAccountsTest {

  private static final Map<String, String> HOST =
      Map.of(
          "getent passwd 1001", "notes-web:x:1001:33:Notes:/home/notes:/bin/sh",
          "getent group domain users", "domain users:x:5000:",
          "getent group adm", "adm:x:4:",
          "id -G notes-web", "33 5000");

  private final List<String> asked = new ArrayList<>();
  private final AtomicLong nanoTime = new AtomicLong();
  private final HostAccounts accounts =
      new HostAccounts(new NameService(this::answer, nanoTime::get));

  @Test
  void aUserWithoutANameGoesByItsNumber() {
    assertEquals("notes-web", accounts.userName(1001));
    assertEquals("1002", accounts.userName(1002));
    assertEquals("4294967294", accounts.userName(-2));
  }

  @Test
  void membershipIsByNumberSoThatNamesMayHoldBlanks() {
    assertTrue(accounts.isMember(1001, "domain users"));
    assertFalse(accounts.isMember(1001, "adm"));
    assertFalse(accounts.isMember(1001, "no such group"));
    assertFalse(accounts.isMember(1002, "domain users"));
  }

  @Test
  void namesThatLookLikeOptionsAreNotAskedFor() {
    assertFalse(accounts.isMember(1001, "--help"));
    assertFalse(accounts.isMember(1001, ""));
    assertFalse(accounts.isMember(1001, "a\nb"));
    assertEquals(List.of(), asked);
  }

  @Test
  void anAnswerIsRememberedForAMinute() {
    accounts.userName(1001);
    nanoTime.addAndGet(Duration.ofSeconds(59).toNanos());
    accounts.userName(1001);
    assertEquals(1, asked.size());
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    accounts.userName(1001);
    assertEquals(2, asked.size());
  }

  @Test
  void thisHostKnowsRootAndWhoRunsThis(@TempDir Path directory) throws IOException {
    HostAccounts host = new HostAccounts();
    assertEquals("root", host.userName(0));
    assertTrue(host.isMember(0, "root"));
    Path own = Files.createFile(directory.resolve("own"));
    assertEquals(Files.getAttribute(own, "unix:uid"), host.ownUid());
  }

  private Optional<String> answer(List<String> command) {
    String question = String.join(" ", command);
    asked.add(question);
    return Optional.ofNullable(HOST.get(question));
  }
}
