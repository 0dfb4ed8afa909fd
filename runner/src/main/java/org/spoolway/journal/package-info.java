/**
 * The append-only record of one job. One file, one JSON entry a line, each line led by its CRC-32C
 * so that a torn tail is known for what it is. The first entry is the private copy of the request;
 * what a job has done and what is left follows from the entries alone.
 *
 * <pre>
 * journal = *( crc32c-hex SP entry LF )
 * </pre>
 */
@NullMarked
package org.spoolway.journal;

import org.jspecify.annotations.NullMarked;
