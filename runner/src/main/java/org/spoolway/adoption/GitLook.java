package org.spoolway.adoption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;
import org.spoolway.wording.Printable;

/**
 * Asks git about a checkout, as the user whose the checkout is: what its configuration has git run
 * is not for root to run.
 */
final class GitLook {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STATUS = 2;

  private final Site site;
  private final Path root;

  GitLook(Site site) {
    this.site = site;
    this.root = site.deployment().root();
  }

  /**
   * A checkout's difference from its commit, by names.
   *
   * @param changed tracked files with other content
   * @param unknown what is there and not tracked; of a directory without any tracked file only its
   *     name, with a slash
   */
  record Differences(List<String> changed, List<String> unknown) {}

  /**
   * The version that the checked-out commit is tagged with, the newest if there are several.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED} when git cannot tell
   */
  Optional<Version> version() throws ProblemException, IOException {
    return ask("tag", "--points-at", "HEAD")
        .lines()
        .flatMap(tag -> Version.ofTag(tag).stream())
        .max(Version::compareTo);
  }

  /**
   * What the checkout has that its commit has not, ignored files too.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED} when git cannot tell
   */
  Differences differences() throws ProblemException, IOException {
    List<String> changed = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    String status =
        ask("status", "--porcelain", "-z", "--no-renames", "--ignored", "--untracked-files=normal");
    for (String entry : status.split("\0", -1)) {
      if (entry.length() > STATUS) {
        boolean isUnknown = entry.startsWith("??") || entry.startsWith("!!");
        (isUnknown ? unknown : changed).add(entry.substring(STATUS + 1));
      }
    }
    return new Differences(changed, unknown);
  }

  private String ask(String... arguments) throws ProblemException, IOException {
    List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks"));
    command.addAll(List.of(arguments));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Exit exit =
        site.ports()
            .commands()
            .run(
                new Command(
                    command, root, Map.of("LC_ALL", "C.UTF-8"), site.mark(), PATIENCE, owner()),
                printed::write,
                new Interruption());
    String text = printed.toString(StandardCharsets.UTF_8);
    if (!exit.equals(new Exit.Status(0))) {
      String said = Printable.line(text.strip());
      throw Refusal.of(
          "`" + String.join(" ", command) + "` in it: " + (said.isEmpty() ? exit : said),
          "Put right what git says, or move "
              + root.resolve(AdoptionRecord.GIT)
              + " away and name the version with --version.");
    }
    return text;
  }

  private @Nullable String owner() throws IOException {
    int uid = FileLook.at(root.resolve(AdoptionRecord.GIT)).uid();
    return uid == site.ports().accounts().ownUid() ? null : site.ports().accounts().userName(uid);
  }
}
