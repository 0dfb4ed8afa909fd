/**
 * What a host must have for a deployment, from packages to inboxes, each thing told before it is
 * brought and brought only when it is missing: so an installation that was cut short is finished by
 * the next one, and one that is complete changes nothing.
 */
@NullMarked
package org.spoolway.install;

import org.jspecify.annotations.NullMarked;
