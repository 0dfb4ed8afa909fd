/**
 * What is installed: the deployment as its file describes it, the releases below its root, the link
 * that says which one is live, the snapshots, and the history of what ran.
 */
@NullMarked
package org.spoolway.deployment;

import org.jspecify.annotations.NullMarked;
