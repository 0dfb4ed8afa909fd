/** The command line. */
@NullMarked
package org.spoolway.cli;

import org.jspecify.annotations.NullMarked;
