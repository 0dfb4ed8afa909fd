package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Whoever can change a release must not be root by it. */
class UnitRulesTest {

  private static final UnitRules.Owner NOTES =
      new UnitRules.Owner(
          "notes",
          Set.of("notes.service", "notes.socket"),
          Set.of("notes"),
          "/opt/notes/shared/.env");

  private static void require(String unit, String content) throws ProblemException {
    new UnitRules(unit, NOTES).require(content);
  }

  @Test
  void aServiceOfItsOwnAccountMayBeWhatServicesAre() {
    assertDoesNotThrow(
        () ->
            require(
                "notes.service",
                """
                # What serves.
                [Unit]
                Description=Notes
                After=network.target notes.socket
                Requires=notes.socket

                [Service]
                Type=notify
                User=notes
                Group=notes
                WorkingDirectory=/opt/notes/current
                EnvironmentFile=-/opt/notes/shared/.env
                ExecStart=/usr/bin/gunicorn \\
                    --workers 2 \\
                  # within
                    notes:app
                ExecReload=/bin/kill -HUP $MAINPID
                RuntimeDirectory=notes
                NoNewPrivileges=yes
                ProtectSystem=strict
                ReadWritePaths=/opt/notes/shared/data
                MemoryMax=512M
                StandardOutput=journal

                [Install]
                WantedBy=multi-user.target
                """));
  }

  @Test
  void aSocketMayListenAtAPortOrInItsOwnDirectory() {
    assertDoesNotThrow(
        () ->
            require(
                "notes.socket",
                "[Socket]\nListenStream=127.0.0.1:8000\nListenStream=[::1]:8000\n"
                    + "ListenStream=/run/notes/web.sock\nSocketUser=notes\n"
                    + "[Install]\nWantedBy=sockets.target\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExecStart=/bin/sh",
        "User=root\nExecStart=/bin/sh",
        "User=0\nExecStart=/bin/sh",
        "User=other\nExecStart=/bin/sh",
        "User=%i\nExecStart=/bin/sh",
        "User=notes\nUser=\nExecStart=/bin/sh",
        "User=notes\nGroup=root",
        "User=notes\nSupplementaryGroups=notes docker",
        "User=notes\nExecStartPre=+/bin/sh",
        "User=notes\nExecStartPre=-!/bin/sh",
        "User=notes\nExecStart=/bin/sh \\\n  -c\nExecStop=!!/bin/sh",
        "User=notes\nPermissionsStartOnly=yes\nExecStartPre=/bin/sh",
        "User=notes\nAmbientCapabilities=CAP_SYS_ADMIN",
        "User=notes\nEnvironmentFile=/etc/shadow",
        "User=notes\nEnvironmentFile=/opt/notes/shared/media/upload",
        "User=notes\nLoadCredential=a:/etc/shadow",
        "User=notes\nStandardInput=file:/etc/shadow",
        "User=notes\nStandardOutput=append:/etc/cron.d/notes",
        "User=notes\nBindPaths=/etc:/opt/notes/current",
        "User=notes\nRootDirectory=/opt/notes/current",
        "User=notes\nStateDirectory=spoolway",
        "User=notes\nRuntimeDirectory=notes/../spoolway",
        "User=notes\nRuntimeDirectory=notes:sshd",
        "User=notes\nnonsense",
      })
  void whatWouldReachBeyondItsAccountIsRefused(String service) {
    ProblemException problem =
        assertThrows(
            ProblemException.class, () -> require("notes.service", "[Service]\n" + service));
    assertEquals(Problem.HOST_FILE_REFUSED, problem.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Unit]\nOnFailure=rescue.target",
        "[Unit]\nConflicts=ssh.service",
        "[Install]\nAlias=ssh.service",
        "[Install]\nAlso=other.service",
        "[Install]\nWantedBy=ssh.service",
        "[Socket]\nListenStream=/etc/shadow",
        "[Socket]\nListenStream=/run/spoolway/socket",
        "[Socket]\nSymlinks=/etc/shadow",
        "[Socket]\nExecStartPre=/bin/sh",
        "[Socket]\nSocketUser=root",
        "[Socket]\nService=ssh.service",
        "[Timer]\nOnCalendar=daily\nUnit=reboot.target",
        "[Mount]\nWhat=/dev/sda",
        "[X-Spoolway]\nUser=notes",
        "User=notes",
      })
  void whatWouldReachOtherUnitsOrFilesIsRefused(String unit) {
    assertThrows(ProblemException.class, () -> require("notes.socket", unit));
  }

  @Test
  void theLineAndTheWayOutAreTold() {
    ProblemException problem =
        assertThrows(
            ProblemException.class,
            () ->
                require("notes.service", "[Service]\nUser=notes\nLoadCredential=a:/etc/shadow\n"));
    assertEquals(
        "cannot use notes.service: `LoadCredential=a:/etc/shadow` in [Service] is nothing that a"
            + " release may set",
        problem.getMessage());
  }
}
