/**
 * Makes a flat checkout, as its people have run it in place until now, the first release of a
 * deployment, and takes that back.
 *
 * <p>The whole checkout goes aside by one rename and comes back, as releases and shared, by
 * another. So at its place is, at every instant, the checkout as it was, or nothing, or the new
 * layout as a whole: an application that is started by whomever and whenever finds its data or does
 * not start. Whoever dies in between is gone on with by the same command.
 */
@NullMarked
package org.spoolway.adoption;

import org.jspecify.annotations.NullMarked;
