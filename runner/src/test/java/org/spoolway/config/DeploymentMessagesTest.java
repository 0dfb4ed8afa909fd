package org.spoolway.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people read when a deployment file is wrong. The first line of what is appended is line 6.
 */
class DeploymentMessagesTest {

  @TempDir Path path;
  private DeploymentFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new DeploymentFolder(path);
  }

  @Test
  void unknownKeyComesWithTheNearestRightSpelling() {
    folder.assertRefused(
        "line 6: unknown key \"source.chanel\"; did you mean \"source.channel\"?",
        "chanel = \"stable\"\n");
    folder.assertRefused(
        "line 8: unknown key \"biuld\"; did you mean \"build\"?",
        "# a comment [in.brackets]\n\n[biuld]\nrun = []\n");
    folder.assertRefused(
        "line 7: unknown key \"build.url\"; did you mean \"source.url\"?",
        "[build]\nurl = \"https://example.org\"\n");
    folder.assertRefused(
        "line 9: unknown key \"origins.web.owner\"; did you mean \"origins.web.owners\"?",
        "[origins.web]\nowners = []\nactions = []\nowner = \"root\"\n");
    folder.assertRefused("line 6: unknown key \"weather\"", "[weather]\nsun = 1\n");
    folder.assertRefused("line 6: unknown key \"source.'a b'\"", "\"a b\" = 1\n");
    folder.assertRefused(
        "line 7: unknown key \"service.Type\"; did you mean \"service.type\"?",
        "[service]\nType = \"none\"\ntype = \"none\"\n");
  }

  @Test
  void channelsSayWhatTheyNeed() {
    folder.assertRefused(
        "line 7: \"notify.on\" cannot have \"failled\"; did you mean \"failed\"?",
        "[notify]\non = [\"failled\"]\n");
    folder.assertRefused(
        "line 7: \"notify.webhook\" must be a URL such as \"https://example.org/hook\" (no name or"
            + " password in it, and http:// only to this host itself), not \"http://example.org\"",
        "[notify]\nwebhook = \"http://example.org\"\n");
    folder.assertRefused(
        "line 7: \"notify.secretFile\" needs \"notify.webhook\", which is missing",
        "[notify]\nsecretFile = \"/etc/secret\"\n");
    folder.assertRefused(
        "line 7: \"notify.mail\" must be a list of mail addresses such as [\"admin@example.org\"];"
            + " it has \"a@b\\u000aBcc: c@d\"",
        "[notify]\nmail = [\"a@b\\nBcc: c@d\"]\n");
    folder.assertRefused("line 6: \"metrics.textfile\" is missing", "[metrics]\n");
  }

  @Test
  void whatIsMissingIsNamedAtItsTable() {
    folder.assertRefusedWhole(
        "3 errors\n  \"name\" is missing\n  \"root\" is missing\n  \"source\" is missing", "");
    folder.assertRefusedWhole(
        "2 errors\n  line 3: \"source.type\" is missing\n  line 3: \"source.url\" is missing",
        "name = \"notes\"\nroot = \"/opt/notes\"\n[source]\n");
    folder.assertRefused(
        "line 7: \"origins.web.actions\" is missing", "\n[origins.web]\nowners = []\n");
    folder.assertRefused("line 6: \"service.run\" is missing", "[service]\ntype = \"process\"\n");
    folder.assertRefused("line 6: \"database.path\" is missing", "[database]\ntype = \"sqlite\"\n");
    folder.assertRefused("line 6: \"health.url\" is missing", "[health]\nversion = \"/version\"\n");
    folder.assertRefused(
        "line 6: \"origins\" has none; leave the table out, or add one such as [origins.operator]",
        "[origins]\n");
  }

  @Test
  void allMistakesAreToldInOneGoInTheOrderOfTheirLines() {
    folder.assertRefusedWhole(
        """
        5 errors
          "root" is missing
          line 2: "name" must be 1 to 41 lower-case letters, digits and dashes that begin with no dash, not 7
          line 4: "source.type" cannot be "gti"; did you mean "git"?
          line 6: unknown key "source.chanel"; did you mean "source.channel"?
          line 8: "keep.releases" must be a whole number of at least 2, not 1"""
            .stripIndent(),
        """

        name = 7
        [source]
        type = "gti"
        url = "https://example.org/notes.git"
        chanel = "stable"
        [keep]
        releases = 1
        """);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "timeout | 15          | a duration such as \"15m\", not 15",
        "timeout | \"15 min\"  | a duration such as \"15m\", not \"15 min\"",
        "timeout | \"0s\"      | a duration such as \"15m\", not \"0s\"",
        "timeout | 00:15:00    | a duration such as \"15m\", not a date or time",
        "timeout | []          | a duration such as \"15m\", not an empty list",
        "user    | [\"a\"]     | the name or number of an account, not a list",
        "user    | true        | the name or number of an account, not true",
        "user    | 1.5e3       | the name or number of an account, not 1.5E+3",
        "user    | {}          | the name or number of an account, not a table",
        "user    | \"a:b\"     | the name or number of an account, not \"a:b\"",
        "user    | \"\\u0000\" | the name or number of an account, not \"\\u0000\"",
      })
  void wrongTypeIsToldWithWhatWasExpected(String key, String value, String message) {
    folder.assertRefused(
        "line 7: \"build." + key + "\" must be " + message,
        "[build]\n" + key + " = " + value + "\n");
  }

  @Test
  void wrongTablesAreTold() {
    folder.assertRefusedWhole(
        "line 3: \"source\" must be a table, not \"https://example.org\"",
        "name = \"notes\"\nroot = \"/opt/notes\"\nsource = \"https://example.org\"\n");
    folder.assertRefused("line 6: \"build\" must be a table, not a list", "[[build]]\nrun = []\n");
  }

  @Test
  void commandsAreListsOfWords() {
    String commands =
        "must be a list of commands, each a list of words, such as [[\"make\", \"all\"]]";
    folder.assertRefused(
        "line 7: \"build.run\" " + commands + ", not \"make all\"",
        "[build]\nrun = \"make all\"\n");
    folder.assertRefused(
        "line 7: \"build.run\" " + commands + "; it has \"make\"",
        "[build]\nrun = [\"make\", \"all\"]\n");
    folder.assertRefused(
        "line 7: \"build.run\" " + commands + "; it has a list",
        "[build]\nrun = [[\"make\", 7]]\n");
    folder.assertRefused(
        "line 7: \"build.run\" " + commands + "; it has an empty list", "[build]\nrun = [[]]\n");
    String command = "must be a command as a list of words such as [\"./serve\"]";
    folder.assertRefused(
        "line 7: \"migrate.pending\" " + command + ", not a list",
        "[migrate]\npending = [[\"./manage\"]]\n");
    folder.assertRefused(
        "line 8: \"service.run\" " + command + ", not \"./serve\"",
        "[service]\ntype = \"process\"\nrun = \"./serve\"\n");
  }

  @Test
  void sqlStandsAloneAndSaysWhereItBelongs() {
    String sqlite = "[database]\ntype = \"sqlite\"\npath = \"shared/a.db\"\n[migrate]\n";
    String sql = "sql = \"migrations/*.sql\"\n";
    folder.assertRefused(
        "line 11: \"migrate.run\" cannot stand beside \"migrate.sql\": which of the two should"
            + " migrate could not be told",
        sqlite + sql + "run = [[\"./manage\"]]\n");
    folder.assertRefused(
        "line 11: \"migrate.pending\" cannot stand beside \"migrate.sql\": what is pending is known"
            + " from the files and the database",
        sqlite + sql + "pending = [\"./manage\"]\n");
    folder.assertRefused(
        "line 11: \"migrate.role\" is for `migrate.sql` with a database of type \"postgresql\"",
        sqlite + sql + "role = \"notes\"\n");
    folder.assertRefused(
        "line 7: \"migrate.sql\" needs [database], which says where it is applied",
        "[migrate]\n" + sql);
    folder.assertRefused(
        "line 10: \"migrate.sql\" must be files below the release such as \"migrations/*.sql\", with"
            + " * and ? in the name alone, not \"*.sql\"",
        sqlite + "sql = \"*.sql\"\n");
  }

  @Test
  void wordsOfLaterVersionsAreKnownAsSuch() {
    folder.assertRefused(
        "line 7: \"service.type\" = \"command\" is not supported by this version yet; it supports"
            + " process, systemd, runner and none",
        "[service]\ntype = \"command\"\nstart = [\"./start\"]\n");
  }

  @Test
  void keysOfAnotherTypeOfServiceAreRefused() {
    folder.assertRefused(
        "line 9: \"service.run\" is for another `type` of service",
        "[service]\ntype = \"systemd\"\nunits = [\"notes.service\"]\nrun = [\"./serve\"]\n");
    folder.assertRefused(
        "line 9: \"service.units\" is for another `type` of service",
        "[service]\ntype = \"process\"\nrun = [\"./serve\"]\nunits = [\"notes.service\"]\n");
  }

  @Test
  void keysOfAnotherTypeOfDatabaseAreRefused() {
    String commands =
        "[database]\ntype = \"command\"\nsnapshot = [[\"./copy\"]]\nrestore = [[\"./restore\"]]\n";
    folder.assertRefused(
        "line 10: \"database.path\" is for another `type` of database",
        commands + "path = \"shared/notes.db\"\n");
    folder.assertRefused(
        "line 10: \"database.name\" is for another `type` of database",
        commands + "name = \"notes\"\n");
    folder.assertRefused(
        "line 9: \"database.mark\" is for another `type` of database",
        "[database]\ntype = \"postgresql\"\nname = \"notes\"\nmark = [\"./mark\"]\n");
    folder.assertRefused(
        "line 9: \"database.timeout\" is for another `type` of database",
        "[database]\ntype = \"sqlite\"\npath = \"shared/notes.db\"\ntimeout = \"1m\"\n");
    folder.assertRefused(
        "line 10: \"database.timeout\" must be a duration such as \"30m\", not 5",
        commands + "timeout = 5\n");
    folder.assertRefused(
        "line 11: \"migrate.sql\" needs a database of type \"sqlite\" or \"postgresql\"; for another,"
            + " `migrate.run` names the commands that migrate",
        commands + "[migrate]\nsql = \"migrations/*.sql\"\n");
  }

  @Test
  void commandsThatCopyDataAreThere() {
    folder.assertRefusedWhole(
        "2 errors\n  line 6: \"database.snapshot\" is missing\n  line 6: \"database.restore\" is missing",
        DeploymentFolder.LEAST + "[database]\ntype = \"command\"\n");
    folder.assertRefused(
        "line 8: \"database.snapshot\" must be at least one command, not an empty list",
        "[database]\ntype = \"command\"\nsnapshot = []\nrestore = [[\"./restore\"]]\n");
  }

  @Test
  void unknownWordsComeWithTheKnownOnes() {
    folder.assertRefused(
        "line 6: \"source.channel\" cannot be \"nightly\"; it is one of stable, beta",
        "channel = \"nightly\"\n");
    folder.assertRefused(
        "line 7: \"database.type\" cannot be \"sqlit\"; did you mean \"sqlite\"?",
        "[database]\ntype = \"sqlit\"\n");
    folder.assertRefused(
        "line 8: \"origins.web.actions\" cannot have \"udpate\"; did you mean \"update\"?",
        "[origins.web]\nowners = []\nactions = [\"check\", \"udpate\"]\n");
    folder.assertRefused(
        "line 8: \"origins.web.actions\" cannot have \"deploy\"; it is one of check, update,"
            + " rollback, restart, backup, restore, prune, cancel, hotfix, modules",
        "[origins.web]\nowners = []\nactions = [\"deploy\"]\n");
  }

  @Test
  void sourceIsReachedSafely() {
    for (String url :
        new String[] {"http://example.org/x", "git://example.org/x", "/srv/x", "example.org"}) {
      folder.assertRefusedWhole(
          "line 5: \"source.url\" must be https://…, ssh://…, file:///… or user@host:path (http://"
              + " only to this host itself, since anybody on the way could change it), not \""
              + url
              + "\"",
          DeploymentFolder.LEAST.replace("https://example.org/notes.git", url));
    }
    folder.assertRefused(
        "line 6: \"source.pin\" must be such as \"3.*\", \"3.1.*\" or \"3.1.4\", not \">=3\"",
        "pin = \">=3\"\n");
  }

  @Test
  void pathsStayWhereTheyBelong() {
    folder.assertRefusedWhole(
        "line 2: \"root\" must be an absolute path such as \"/opt/notes\", not \"opt/notes\"",
        DeploymentFolder.LEAST.replace("/opt/notes", "opt/notes"));
    folder.assertRefusedWhole(
        "line 2: \"root\" must be an absolute path such as \"/opt/notes\", not \"/opt/..\"",
        DeploymentFolder.LEAST.replace("/opt/notes", "/opt/.."));
    folder.assertRefused(
        "line 7: \"shared.link\" must be a list of paths below shared/ such as [\"media\"]; it has"
            + " \"../etc\"",
        "[shared]\nlink = [\"../etc\"]\n");
    folder.assertRefused(
        "line 7: \"shared.link\" has \"media/x\", which lies in \"media\"",
        "[shared]\nlink = [\"media/x\", \"media\"]\n");
    folder.assertRefused(
        "line 7: \"shared.link\" names a path twice", "[shared]\nlink = [\"media\", \"media/\"]\n");
    for (String data :
        new String[] {"/var/notes.db", "../x.db", "releases/x.db", "current/x.db", "a/../x"}) {
      folder.assertRefused(
          "line 8: \"database.path\" must be a path in root, outside releases/ and current/, such"
              + " as \"shared/notes.db\", not \""
              + data
              + "\"",
          "[database]\ntype = \"sqlite\"\npath = \"" + data + "\"\n");
    }
  }

  @Test
  void otherFormsAreTold() {
    folder.assertRefused(
        "line 7: \"health.url\" must be a URL such as \"http://127.0.0.1:8080/health\", not"
            + " \"/health\"",
        "[health]\nurl = \"/health\"\n");
    folder.assertRefused(
        "line 8: \"health.version\" must be a JSON pointer such as \"/version\", not \"version\"",
        "[health]\nurl = \"http://[::1]/\"\nversion = \"version\"\n");
    folder.assertRefused(
        "line 8: \"service.env.PORT\" must be a string, not 8080",
        "[service]\ntype = \"none\"\nenv.PORT = 8080\n");
    folder.assertRefused(
        "line 8: \"service.env.A-B\" is not named like PORT",
        "[service]\ntype = \"none\"\nenv.A-B = \"\"\n");
    folder.assertRefused(
        "line 6: \"origins.Web\" must be named with 1 to 41 lower-case letters, digits and dashes"
            + " that begin with no dash",
        "[origins.Web]\nowners = []\nactions = []\n");
    folder.assertRefused(
        "line 7: \"origins.web.owners\" must be a list of users, and groups behind an @, such as"
            + " [\"notes-web\", \"@staff\"]; it has 1001",
        "[origins.web]\nowners = [1001]\nactions = []\n");
  }

  @Test
  void longValuesAreJudgedWithoutTrouble() throws Exception {
    String url = "http://localhost/" + "a/".repeat(100_000);
    String pointer = "/a~1".repeat(100_000);
    folder.read(
        DeploymentFolder.LEAST.replace("notes.git", "a/".repeat(100_000))
            + ("[health]\nurl = \"" + url + "\"\nversion = \"" + pointer + "\"\n"));
  }

  @Test
  void foreignTextCannotDisturbATerminal() {
    folder.assertRefused("line 3: unknown key \"source.'\\u001b[2J'\"", "\"\\u001b[2J\" = 1\n");
    folder.assertRefused(
        "line 6: \"source.pin\" must be such as \"3.*\", \"3.1.*\" or \"3.1.4\", not \""
            + "9".repeat(80)
            + "…\"",
        "pin = \"" + "9".repeat(100_000) + "\"\n");
  }
}
