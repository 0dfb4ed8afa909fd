/**
 * Tests on a real Debian with a real systemd, each booted in a container of its own. {@link
 * org.spoolway.tests.host.Hosts} boots and ends them for a test, {@link
 * org.spoolway.tests.host.Container} is one of them.
 */
package org.spoolway.tests.host;
