/**
 * The port to whoever started this process and watches over it; its adapter is in {@code
 * host.process}.
 */
@NullMarked
package org.spoolway.supervision;

import org.jspecify.annotations.NullMarked;
