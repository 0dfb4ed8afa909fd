package org.spoolway.tests;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;

/** A rehearsal with a copy that the server of the data has, too. */
class RehearsalOnPostgresTest extends RehearsalContract {

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  @Override
  SampleApplication application(Home home) {
    SampleApplication application =
        new SampleApplication(home, "app", new PostgresData(POSTGRES.cluster()));
    // The cluster's superuser makes the copy, which is not done unasked.
    application.file().set("migrate", "rehearse", "true");
    return application;
  }
}
