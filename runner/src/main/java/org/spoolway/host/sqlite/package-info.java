/**
 * The database of an application that keeps its data in one SQLite file. The file belongs to the
 * application, which may have filled it with anything: it is never written, only copied by SQLite's
 * own backup, and put back by renames. This is the only package that knows SQL, and SQLite's native
 * library is loaded by its first use, so never when no deployment has such a database.
 *
 * <p>A runner that is root works through {@link DelegatedDatabase}: whoever can write a directory
 * can have its names lead anywhere, so what is done there is done by a process of that user's.
 * Contents are streamed, since nothing is to lie where both can write: what root reads of that
 * process are bytes, of which it takes no more than were announced, and no names. A crash leaves
 * what it leaves between two file systems, which {@link Restoration} goes on from: what is put
 * aside is whole and on disk before its original is removed, what is put in place is whole before
 * it has its name. A copy that a snapshot left beside the database goes with the next one.
 */
@NullMarked
package org.spoolway.host.sqlite;

import org.jspecify.annotations.NullMarked;
