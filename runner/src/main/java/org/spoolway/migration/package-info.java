/**
 * Migrations that a release ships as plain SQL: which files they are, which of them the database
 * has yet to see, and the port through which they are applied.
 */
@NullMarked
package org.spoolway.migration;

import org.jspecify.annotations.NullMarked;
