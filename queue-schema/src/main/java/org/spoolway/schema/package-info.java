/**
 * The documents that cross the spool: what may be asked ({@link org.spoolway.schema.Request}), what
 * is told ({@link org.spoolway.schema.Result}, {@link org.spoolway.schema.Status}), and the only
 * JSON settings with which they are read and written ({@link org.spoolway.schema.SchemaJson}). The
 * JSON Schemas, beside the classes under {@code org/spoolway/schema/*.schema.json}, accept and
 * refuse the same documents as the records; golden examples and their mutations in the tests prove
 * it.
 */
@NullMarked
package org.spoolway.schema;

import org.jspecify.annotations.NullMarked;
