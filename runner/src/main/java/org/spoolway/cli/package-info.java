/**
 * The command line: one small class per verb, each a few calls to the packages below and a few
 * lines on the terminal. {@link org.spoolway.cli.ExitCode} is the table of exit codes, {@link
 * org.spoolway.cli.Machine} all that the verbs know of the process and the host.
 */
@NullMarked
package org.spoolway.cli;

import org.jspecify.annotations.NullMarked;
