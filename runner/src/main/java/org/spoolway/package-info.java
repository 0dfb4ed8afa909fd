/** Starts the program and wires it together. */
@NullMarked
package org.spoolway;

import org.jspecify.annotations.NullMarked;
