/**
 * Ports to the outside, two to six methods each: commands, the source of releases, the service, the
 * database, the health probe, the host's accounts. Adapters live in packages of their own below
 * this one and are seen by {@code Wiring} alone.
 */
@NullMarked
package org.spoolway.host;

import org.jspecify.annotations.NullMarked;
