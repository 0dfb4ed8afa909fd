/**
 * Commands, the service and the accounts of a Linux host, by processes: the only package that
 * starts any. What it started is found again in {@code /proc}, by parentage, by session and by a
 * cookie in the environment, so that nothing escapes by forking twice and nothing is lost when the
 * runner dies.
 */
@NullMarked
package org.spoolway.host.process;

import org.jspecify.annotations.NullMarked;
