/**
 * The database of an application that keeps its data in one SQLite file. The file belongs to the
 * application, which may have filled it with anything: it is never written, only copied by SQLite's
 * own backup, and put back by renames. This is the only package that knows SQL, and SQLite's native
 * library is loaded by its first use, so never when no deployment has such a database.
 */
@NullMarked
package org.spoolway.host.sqlite;

import org.jspecify.annotations.NullMarked;
