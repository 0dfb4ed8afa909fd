/**
 * A database of a PostgreSQL server, through the client programs. The server copies it beside
 * itself, and going back is a rename.
 */
@NullMarked
package org.spoolway.host.postgres;

import org.jspecify.annotations.NullMarked;
