/**
 * What a program needs that asks through the spool: {@link org.spoolway.client.RequestSubmitter}
 * drops a request so that it is never seen half-written, {@link org.spoolway.client.ResultReader}
 * reads and awaits what became of it. Both use files alone; there is nothing to connect to.
 */
@NullMarked
package org.spoolway.client;

import org.jspecify.annotations.NullMarked;
