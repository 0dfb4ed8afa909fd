/**
 * Whose word counts: the public keys of a deployment, and what they have signed. Only these keys
 * are ever asked, no keyring, agent or configuration of the host.
 */
@NullMarked
package org.spoolway.trust;

import org.jspecify.annotations.NullMarked;
