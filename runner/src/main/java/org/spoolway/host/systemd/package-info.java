/**
 * A host whose services are run by systemd, reached through its own command line tools: the units
 * that serve an application, and transient ones in which commands run with little. A tool is waited
 * for until systemd has done what it was asked, never for a time.
 */
@NullMarked
package org.spoolway.host.systemd;

import org.jspecify.annotations.NullMarked;
