package org.spoolway.tests;

/** A rehearsal with the copy of a file. */
class RehearsalTest extends RehearsalContract {

  @Override
  SampleApplication application(Home home) {
    return new SampleApplication(home, "app");
  }
}
