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
  void aSocketMayListenAtAPortOrUnderItsOwnName() {
    assertDoesNotThrow(
        () ->
            require(
                "notes.socket",
                "[Socket]\nListenStream=127.0.0.1:8000\nListenStream=[::1]:8000\n"
                    + "ListenStream=/run/notes.sock\nListenStream=/run/notes.web.sock\nSocketUser=notes\n"
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
        "User=notes notes\nExecStart=/bin/sh",
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
        "DynamicUser=yes\nDynamicUser=no\nExecStart=/bin/sh",
        "User=notes\nExecStart=/bin/true ; +/bin/sh",
        "User=notes\nExecStartPre=/bin/true ;\t!/bin/sh",
        "User=notes\nExecStart=\"+/bin/sh\" -c id",
        "User=notes\nExecStart=-'+/bin/sh'",
        "User=notes\nExecStart=\\x2b/bin/sh",
        "User=notes\nStateDirectory=notes/x\tspoolway",
        "User=notes\nStateDirectory=notes/link/spoolway",
        "User=notes\nStateDirectory=notes/\\x2e\\x2e/spoolway",
        "User=notes\nIPCNamespacePath=/proc/1/ns/ipc",
        "User=notes\nStandardOutput=kmsg",
        "User=notes\nNice=-20",
        "User=notes\nOOMScoreAdjust=-1000",
        "User=notes\nCPUSchedulingPolicy=fifo",
        "User=notes\nIOSchedulingClass=realtime",
        "User=notes\nLimitRTPRIO=99",
        "User=notes\nMemoryMin=100%",
        "User=notes\nCPUWeight=10000",
        "User=notes\nSlice=user.slice",
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
        "[",
        "[Socket",
        "[Unit]\nStartLimitAction=reboot-force",
        "[Unit]\nWants=poweroff.target",
        "[Unit]\nUpholds=other.service",
        "[Unit]\nRequires=notes.service debug-shell.service",
        "[Unit]\nBefore=ssh.service",
        "[Unit]\nBefore=notes.socket",
        "[Unit]\nAfter=ssh.service",
        "[Unit]\nDefaultDependencies=no",
        "[Unit]\nConditionPathExistsGlob=/*/*/*/*/*/*",
        "[Install]\nWantedBy=ssh.service sockets.target",
        "[Install]\nWantedBy=sysinit.target",
        "[Install]\nWantedBy=timers.target",
        "[Install]\nRequiredBy=multi-user.target",
        "[Socket]\nListenStream=22",
        "[Socket]\nListenStream=026000",
        "[Socket]\nListenStream=/run/notes/link/passwd",
        "[Socket]\nListenStream=/run/notes-of-others.sock",
        "[Path]\nPathExistsGlob=/*/*/*/*/*/*",
      })
  void whatWouldReachOtherUnitsOrFilesIsRefused(String unit) {
    assertThrows(ProblemException.class, () -> require("notes.socket", unit));
  }

  /**
   * What two readers of one text take differently would be checked as one thing and run as another.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Service]\nUser=notes\nSyslogIdentifier=a\\\\\nUser=root\n",
        "[Service]\nUser=notes\n[Unit]\nDescription=a\0[Service]\0ExecStart=+/bin/sh\n",
        "[Service]\nSyslogIdentifier=a\\\n\rUser=notes\n",
        "[Service]\nSyslogIdentifier=a\\\n\f#\nUser=notes\n",
        "[Service]\nSyslogIdentifier=a\\\n\u2003#\nUser=notes\n",
        "[Service]\nSyslogIdentifier=a\\\n\uFEFF#\nUser=notes\n",
        "[Service]\nUser\u2003=notes\n",
        "[Service]\n[Unit]\n\u2003[Service]\nUser=notes\n",
        "[Service]\nUser=notes\nSyslogIdentifier=\uFFFE\n",
      })
  void whatSystemdWouldReadOtherwiseIsRefused(String content) {
    assertThrows(ProblemException.class, () -> require("notes.service", content));
  }

  @Test
  void aBackslashThatIsEscapedContinuesNoLine() {
    assertDoesNotThrow(
        () ->
            require(
                "notes.service",
                "[Unit]\nDescription=Grüße \\\\\n[Service]\nUser=notes\nNice=5\n"));
  }

  @Test
  void databasesMayBePulledInAndAnythingWaitedFor() {
    assertDoesNotThrow(
        () ->
            require(
                "notes.service",
                "[Unit]\nWants=network-online.target notes.socket\n"
                    + "Requires=postgresql@15-main.service\nAfter=postgresql.service nginx.service\n"
                    + "[Service]\nUser=notes\nExecStart=-@/bin/sh notes -c 'a; b'\n"
                    + "Slice=system-notes.slice\nCPUWeight=50\nLimitNOFILE=4096\n"));
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
