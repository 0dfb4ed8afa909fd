package org.spoolway.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase;

/** A stage whose next update is watched while users are served, and what happens meanwhile. */
final class WatchedUpdate {

  /** What the data are once they are migrated. */
  static final String MIGRATED = FakeDatabase.SCHEMA + "of 1.1.0\nnotes of users";

  final Stage stage;
  private int looks;

  WatchedUpdate(Path directory) throws IOException {
    stage = Stage.installed(directory);
    bake(Duration.ofMillis(30));
    stage.outside().commands.on("contract", new Commands.Exit.Status(0));
    migrateTo(MIGRATED);
  }

  /** Has the migration leave these data. */
  void migrateTo(String data) {
    stage
        .outside()
        .commands
        .on(
            "migrate",
            (command, output, interruption) -> {
              stage.outside().database.write(data);
              return new Commands.Exit.Status(0);
            });
  }

  /** Has it be watched for so long. */
  void bake(Duration time) {
    stage.configure(d -> Deployments.baking(d, time));
  }

  /** Has something happen at one of the looks at the new release that users are served by. */
  void atLook(int number, Runnable what) {
    looks = 0;
    stage.outside().whenAsked =
        () -> {
          if (isServed() && ++looks == number) {
            what.run();
          }
        };
  }

  /** The gate asks for the first time, and behind the page if there is one. */
  private boolean isServed() {
    List<String> log = stage.outside().log();
    return log.contains("ask 1.1.0 | 1.1.0") || log.contains("ask 1.1.0 | 1.1.0, page");
  }

  /** How often it was looked at so far. */
  int looks() {
    return looks;
  }

  void getSick() {
    stage.outside().sick.add(Stage.NEW);
  }

  void usersWrite() {
    stage.outside().database.write(MIGRATED + "\na new note");
  }
}
