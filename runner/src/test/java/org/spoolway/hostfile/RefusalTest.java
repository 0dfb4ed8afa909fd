package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Whoever meets the border of what a release may say learns of the way round it. */
class RefusalTest {

  private static final String TEMPLATES =
      " among templates of your own: `deploy.from` may name an absolute directory.";

  private static void assertFix(String fix, Executable rules) {
    ProblemException refused = assertThrows(ProblemException.class, rules);
    assertEquals(Problem.HOST_FILE_REFUSED, refused.problem());
    assertEquals(fix + TEMPLATES, refused.fix());
  }

  @Test
  void aSiteThatReachesTooFarCanBeTheAdministrators() {
    assertFix(
        "Correct the site, or keep it",
        () ->
            new CaddyRules(new CaddyRules.Owner("notes", "/opt/notes", "/etc/caddy/notes"))
                .require("import other\n"));
    assertFix(
        "Correct the site, or keep it",
        () ->
            new NginxRules(
                    new NginxRules.Owner("notes", Path.of("/opt/notes"), "notes.conf", List.of()))
                .require("load_module x;\n"));
  }

  @Test
  void aUnitThatReachesTooFarCanBeTheAdministrators() {
    UnitRules rules =
        new UnitRules(
            "notes.service",
            new UnitRules.Owner("notes", Set.of("notes.service"), Set.of("notes"), "/x/.env"));
    assertFix(
        "Remove it, or keep the unit", () -> rules.require("[Service]\nRootDirectory=/srv\n"));
    assertFix(
        "Name only its own accounts and units, the directory notes, ports from 1024 on or"
            + " /run/notes.sock, and an ordinary share of the host; or keep the unit",
        () -> rules.require("[Service]\nUser=root\n"));
  }
}
