/**
 * This host's systemd, spoken to through its own commands: the units that serve an application. A
 * command is waited for until systemd has done what it was asked, never for a time.
 */
@NullMarked
package org.spoolway.host.systemd;

import org.jspecify.annotations.NullMarked;
