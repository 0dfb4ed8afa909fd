/** Which steps each action takes, on one screen. */
@NullMarked
package org.spoolway.plan;

import org.jspecify.annotations.NullMarked;
