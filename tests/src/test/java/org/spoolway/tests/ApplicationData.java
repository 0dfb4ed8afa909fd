package org.spoolway.tests;

import java.nio.file.Path;
import java.util.List;

/** Where the sample application keeps its notes. */
interface ApplicationData {

  /** Tells a deployment file of it. */
  DeploymentFile describeIn(DeploymentFile file);

  /** A good release of the application, with the first schema. */
  Release release();

  /** All that there is, as SQL; empty when there is nothing. */
  String dump();

  /** What such a dump is after one note more, of the first schema and with the next number. */
  String withNote(String dump, String text);

  /**
   * What copies of the data there are that no snapshot knows of, or that a snapshot misses, and
   * what else is not as it should be between two jobs.
   */
  List<String> strays(Path snapshots);
}
