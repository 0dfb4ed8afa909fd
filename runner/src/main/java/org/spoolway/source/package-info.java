/** Where a deployment's releases come from, as its file says. */
@NullMarked
package org.spoolway.source;

import org.jspecify.annotations.NullMarked;
