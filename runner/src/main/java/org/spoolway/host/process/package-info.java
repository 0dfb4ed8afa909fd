/**
 * Commands, the service and the accounts of a Linux host, by processes: the only package that
 * starts any. What it started is found again in {@code /proc}, by parentage, by session, by a
 * cookie in the environment and by the files it reads from and prints to, so that nothing escapes
 * by forking twice and nothing is lost when the runner dies.
 */
@NullMarked
package org.spoolway.host.process;

import org.jspecify.annotations.NullMarked;
