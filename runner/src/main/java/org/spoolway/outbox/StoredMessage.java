package org.spoolway.outbox;

import java.util.List;

/**
 * A message on the disk.
 *
 * @param message what is told
 * @param pending the channels that have still to deliver it
 */
record StoredMessage(Message message, List<String> pending) {}
