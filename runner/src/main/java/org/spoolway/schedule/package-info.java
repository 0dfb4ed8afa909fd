/**
 * What a deployment asks for by itself: how far updates go that nobody asked for, in which windows
 * of the week, what holds them back, and what of all that is due at an instant. Knows no disk.
 */
@NullMarked
package org.spoolway.schedule;

import org.jspecify.annotations.NullMarked;
