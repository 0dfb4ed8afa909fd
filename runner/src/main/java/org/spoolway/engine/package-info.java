/**
 * Runs a plan forwards or backwards, and carries on what a crash cut short. Knows no git, no
 * service and no database: a {@link org.spoolway.engine.Step} says whether it is needed, acts, and
 * undoes; the journal says how far it came; {@link org.spoolway.engine.Course}, a pure function,
 * says what is next.
 */
@NullMarked
package org.spoolway.engine;

import org.jspecify.annotations.NullMarked;
