package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.ProblemException;

class TmpfilesRulesTest {

  private final TmpfilesRules rules = new TmpfilesRules("notes");

  @Test
  void directoriesOfItsOwnAreMade() {
    assertDoesNotThrow(
        () ->
            rules.require(
                "# sockets\nd /run/notes 0750 notes notes -\nd /var/cache/notes/thumbs\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d /etc/cron.d 0777",
        "d /run/notes-of-others",
        "d /run/notes/../spoolway",
        "d /run/notes/%i",
        "L+ /run/notes - - - - /etc/shadow",
        "f+ /run/notes/x - - - - text",
        "R /run/notes",
        "d",
        "d! /etc",
        "# sockets\0f+ /etc/cron.d/notes - - - - text",
        "d /run/notes/\" /\\x2e\\x2e/etc\"",
        "d /run/notes\f/x 0755",
        "d /run/notes 0755 %u",
      })
  void anythingElseIsRefused(String line) {
    assertThrows(ProblemException.class, () -> rules.require(line));
  }
}
