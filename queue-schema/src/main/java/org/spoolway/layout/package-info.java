/**
 * Where everything lies on disk, and which names mean something there. Pure: nothing in this
 * package touches a file. {@link org.spoolway.layout.SpoolLayout} is the only class that knows a
 * directory's name; {@link org.spoolway.layout.EntryName} is the only one that knows the grammar of
 * an inbox.
 */
@NullMarked
package org.spoolway.layout;

import org.jspecify.annotations.NullMarked;
