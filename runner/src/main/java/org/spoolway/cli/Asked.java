package org.spoolway.cli;

import org.spoolway.schema.RequestId;

/**
 * A request that was dropped.
 *
 * @param deployment for which deployment
 * @param origin through which inbox
 * @param id under which its result appears
 * @param file its file's name, from which the result gets its id if it is refused unread
 * @param sha256 by which that result is known to be its own
 */
record Asked(String deployment, String origin, RequestId id, String file, String sha256) {}
