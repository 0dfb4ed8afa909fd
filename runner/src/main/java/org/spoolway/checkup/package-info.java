/**
 * Looks for what is wrong with a host and its deployments before a job does: directories, programs,
 * the source, the database, health, units and accounts of the host, what crashes left. Every
 * finding says what to do about it; looking changes nothing.
 */
@NullMarked
package org.spoolway.checkup;

import org.jspecify.annotations.NullMarked;
