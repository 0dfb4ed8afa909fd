package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Looks whether the programs that the deployment file names can be found. */
final class ProgramLook {

  private static final String PATH = "PATH";

  private final Site site;
  private final String path;
  private final Set<String> searched = new LinkedHashSet<>();

  private ProgramLook(Site site, String path) {
    this.site = site;
    this.path = path;
  }

  /** Looks, with the search path that commands are given. */
  static void at(Findings findings, Site site, String path) {
    findings.look("programs", () -> new ProgramLook(site, path).look());
  }

  /** Where a program of that name has to be. */
  private String place(String key, String program) throws IOException {
    if (!program.contains("/")) {
      return path;
    } else if (isRunInRoot(key) && !program.startsWith("/")) {
      return site.deployment().root().toString();
    }
    Optional<Version> live = site.current().version();
    return program.startsWith("/") || live.isEmpty()
        ? String.valueOf(Path.of(program).getParent())
        : site.releases().directory(live.get()).toString();
  }

  private String look() throws ProblemException, IOException {
    Deployment deployment = site.deployment();
    List<String> missing = new ArrayList<>();
    missing.addAll(missing("build.run", deployment.build().run()));
    CopyCommands copying = deployment.database().commands();
    if (copying != null) {
      missing.addAll(missing("database.snapshot", copying.snapshot()));
      missing.addAll(missing("database.restore", copying.restore()));
      missing.addAll(missing("database.mark", List.of(copying.mark())));
      missing.addAll(missing("database.schema", List.of(copying.schema())));
      missing.addAll(missing("database.size", List.of(copying.size())));
    }
    missing.addAll(missing("migrate.pending", List.of(deployment.migrate().pending())));
    missing.addAll(missing("migrate.run", deployment.migrate().run()));
    missing.addAll(missing("service.run", List.of(deployment.service().run())));
    missing.addAll(missing("notify.run", deployment.notification().run()));
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot find the program of "
              + String.join(", ", missing)
              + ": not in "
              + String.join(", ", searched),
          "Install it, correct the name, or add its directory to the runner's PATH.",
          null);
    }
    return "all found";
  }

  private List<String> missing(String key, List<List<String>> commands) throws IOException {
    List<String> missing = new ArrayList<>();
    for (List<String> command : commands) {
      if (!command.isEmpty() && !isFound(key, command.get(0))) {
        searched.add(place(key, command.get(0)));
        missing.add("`" + key + "` (" + command.get(0) + ")");
      }
    }
    return missing;
  }

  private boolean isFound(String key, String program) throws IOException {
    if (program.startsWith("/")) {
      return Files.isExecutable(Path.of(program));
    }
    if (!program.contains("/")) {
      return isOnPath(key, program);
    }
    if (isRunInRoot(key)) {
      return Files.isExecutable(site.deployment().root().resolve(program));
    }
    Optional<Version> live = site.current().version();
    return live.isEmpty()
        || Files.isExecutable(site.releases().directory(live.get()).resolve(program));
  }

  /** Whether a program with a slash is one of the application's root, and not of a release. */
  private static boolean isRunInRoot(String key) {
    return key.startsWith("notify") || key.startsWith("database");
  }

  private boolean isOnPath(String key, String program) {
    String own = site.deployment().service().env().get(PATH);
    String searched = key.startsWith("service") && own != null ? own : path;
    return Arrays.stream(searched.split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory).resolve(program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
