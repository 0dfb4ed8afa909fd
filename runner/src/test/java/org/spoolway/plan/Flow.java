package org.spoolway.plan;

import java.io.IOException;
import java.nio.file.Path;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Request.Params;
import org.spoolway.schema.Version;

/** What a deployment can be asked for, each with the stage that it is played on. */
enum Flow {
  FIRST_INSTALL(Action.UPDATE) {
    @Override
    Stage stage(Path directory) throws IOException {
      return Stage.empty(directory);
    }
  },
  UPDATE(Action.UPDATE),
  UPDATE_WITHOUT_MIGRATION(Action.UPDATE) {
    @Override
    Stage stage(Path directory) throws IOException {
      Stage stage = Stage.installed(directory);
      stage.nothingPending();
      return stage;
    }
  },
  UPDATE_OF_PLAIN_FILES(Action.UPDATE) {
    @Override
    Stage stage(Path directory) throws IOException {
      Stage stage = Stage.empty(directory);
      stage.configure(Deployments::plain);
      stage.mustSucceed(Request.of(Action.UPDATE, null));
      stage.offer(Stage.NEW);
      return stage;
    }
  },
  ROLLBACK(Action.ROLLBACK) {
    @Override
    Stage stage(Path directory) throws IOException {
      return updated(directory);
    }
  },
  ROLLBACK_AFTER_USERS_WROTE(Action.ROLLBACK) {
    @Override
    Stage stage(Path directory) throws IOException {
      Stage stage = updated(directory);
      stage.outside().database.write("written since");
      return stage;
    }
  },
  ROLLBACK_WITHOUT_DATA(Action.ROLLBACK) {
    @Override
    Stage stage(Path directory) throws IOException {
      Stage stage = UPDATE_WITHOUT_MIGRATION.stage(directory);
      stage.mustSucceed(Request.of(Action.UPDATE, null));
      return stage;
    }
  },
  RESTORE(Action.RESTORE) {
    @Override
    Stage stage(Path directory) throws IOException {
      Stage stage = Stage.installed(directory);
      stage.mustSucceed(Request.of(Action.BACKUP, null));
      stage.outside().database.write("a mistake");
      return stage;
    }

    @Override
    Request request() {
      Params snapshot = Params.snapshot("2-1.0.0");
      return new Request(null, null, Action.RESTORE, snapshot, null, null, false, null, null, null);
    }
  },
  RESTART(Action.RESTART),
  BACKUP(Action.BACKUP);

  private final Action action;

  Flow(Action action) {
    this.action = action;
  }

  Stage stage(Path directory) throws IOException {
    return Stage.installed(directory);
  }

  Request request() {
    Version none = null;
    return Request.of(action, none);
  }

  private static Stage updated(Path directory) throws IOException {
    Stage stage = Stage.installed(directory);
    stage.mustSucceed(Request.of(Action.UPDATE, null));
    return stage;
  }
}
