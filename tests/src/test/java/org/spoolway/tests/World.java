package org.spoolway.tests;

import java.util.List;
import java.util.Optional;

/**
 * What an update may change and a failed one may not.
 *
 * @param live the release that {@code current} leads to, or empty
 * @param serving the version that the application answers with, or empty when nothing answers
 * @param data the database as SQL
 * @param maintenance whether users see the maintenance page
 * @param releases the names below {@code releases/}
 */
record World(
    Optional<String> live,
    Optional<String> serving,
    String data,
    boolean maintenance,
    List<String> releases) {}
