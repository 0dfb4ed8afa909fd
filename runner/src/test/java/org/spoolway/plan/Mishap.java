package org.spoolway.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.host.FakeSources;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;

/** What really goes wrong with updates, with the step that notices and what it says. */
enum Mishap {
  SHARED_FILE_IS_MISSING(Problem.SHARED_MISSING, "preflight") {
    @Override
    void strike(Stage stage) throws IOException {
      Files.delete(stage.site().application().shared().resolve(".env"));
    }
  },
  DATABASE_CANNOT_BE_READ(Problem.SNAPSHOT_FAILED, "preflight") {
    @Override
    void strike(Stage stage) {
      stage.outside().database.fail(FakeDatabase.Call.REQUIRE_READY, Problem.SNAPSHOT_FAILED);
    }
  },
  SOURCE_IS_UNREACHABLE(Problem.SOURCE_UNREACHABLE, "resolve") {
    @Override
    void strike(Stage stage) {
      fail(stage, FakeSources.Method.CANDIDATES, Problem.SOURCE_UNREACHABLE);
    }
  },
  TAG_VANISHES(Problem.SOURCE_CHANGED, "fetch") {
    @Override
    void strike(Stage stage) {
      fail(stage, FakeSources.Method.FETCH, Problem.SOURCE_CHANGED);
    }
  },
  DISK_IS_FULL(Problem.DISK_FULL, "fetch") {
    @Override
    void strike(Stage stage) {
      fail(stage, FakeSources.Method.EXPORT, Problem.DISK_FULL);
    }
  },
  BUILD_FAILS(Problem.BUILD_FAILED, "build") {
    @Override
    void strike(Stage stage) {
      stage.outside().commands.on("build", FakeCommands.printing("no such package", 1));
    }
  },
  BUILD_CANNOT_BE_STARTED(Problem.BUILD_FAILED, "build") {
    @Override
    void strike(Stage stage) {
      stage.outside().commands.on("build", new Exit.NotStarted("no such program"));
    }
  },
  BUILD_HANGS(Problem.BUILD_TIMED_OUT, "build") {
    @Override
    void strike(Stage stage) {
      stage.outside().commands.on("build", new Exit.TimedOut(Duration.ofMinutes(15)));
    }
  },
  PENDING_CANNOT_BE_TOLD(Problem.PENDING_CHECK_FAILED, "check") {
    @Override
    void strike(Stage stage) {
      stage.outside().commands.on("pending", new Exit.Status(2));
    }
  },
  SERVICE_DOES_NOT_STOP(Problem.SERVICE_STOP_FAILED, "stop") {
    @Override
    void strike(Stage stage) {
      stage.outside().services.failStop(failure(Problem.SERVICE_STOP_FAILED));
    }
  },
  SNAPSHOT_FAILS(Problem.SNAPSHOT_FAILED, "snapshot") {
    @Override
    void strike(Stage stage) {
      stage.outside().database.fail(FakeDatabase.Call.SNAPSHOT, Problem.SNAPSHOT_FAILED);
    }
  },
  MIGRATION_FAILS_HALFWAY(Problem.MIGRATION_FAILED, "migrate") {
    @Override
    void strike(Stage stage) {
      stage
          .outside()
          .commands
          .on(
              "migrate",
              (command, output, interruption) -> halfMigrated(stage, new Exit.Status(1)));
    }
  },
  MIGRATION_HANGS(Problem.MIGRATION_TIMED_OUT, "migrate") {
    @Override
    void strike(Stage stage) {
      Exit exit = new Exit.TimedOut(Duration.ofMinutes(30));
      stage
          .outside()
          .commands
          .on("migrate", (command, output, interruption) -> halfMigrated(stage, exit));
    }
  },
  START_COMMAND_EXITS_AT_ONCE(Problem.SERVICE_START_FAILED, "start") {
    @Override
    void strike(Stage stage) {
      stage.outside().stillborn.add(Stage.NEW);
    }
  },
  RELEASE_NEVER_GETS_HEALTHY(Problem.GATE_FAILED, "gate") {
    @Override
    void strike(Stage stage) {
      stage.outside().sick.add(Stage.NEW);
    }
  },
  RELEASE_ANSWERS_WITH_THE_OLD_VERSION(Problem.GATE_FAILED, "gate") {
    @Override
    void strike(Stage stage) {
      stage.outside().impostors.put(Stage.NEW, Stage.OLD);
    }
  },
  PROCESS_DIES_WHILE_IT_IS_ASKED(Problem.SERVICE_DIED, "gate") {
    @Override
    void strike(Stage stage) {
      stage.outside().shortLived.add(Stage.NEW);
    }
  };

  private final Problem problem;
  private final String step;

  Mishap(Problem problem, String step) {
    this.problem = problem;
    this.step = step;
  }

  /** Has it happen in the next update. */
  abstract void strike(Stage stage) throws IOException;

  Problem problem() {
    return problem;
  }

  String step() {
    return step;
  }

  Outcome outcome() {
    return switch (step) {
      case "stop", "snapshot", "migrate", "start", "gate" -> Outcome.ROLLED_BACK;
      default -> Outcome.FAILED;
    };
  }

  private static void fail(Stage stage, FakeSources.Method method, Problem problem) {
    stage.outside().sources.fail(method, failure(problem));
  }

  private static ProblemException failure(Problem problem) {
    return new ProblemException(problem, "cannot go on: " + problem);
  }

  private static Exit halfMigrated(Stage stage, Exit exit) {
    stage.outside().database.write("half a schema");
    return exit;
  }
}
