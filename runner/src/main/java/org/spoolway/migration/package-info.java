/**
 * Migrations: which plain SQL files of a release they are, which of them the database has yet to
 * see, and the ports through which they are applied, and tried on a copy beforehand.
 */
@NullMarked
package org.spoolway.migration;

import org.jspecify.annotations.NullMarked;
