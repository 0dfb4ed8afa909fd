/**
 * Reads deployment files: TOML in, {@link org.spoolway.deployment.Deployment} out, or one problem
 * that lists every mistake with its line, its key and the nearest right spelling. Nothing is
 * guessed and nothing is ignored: an unknown key is an error, since it is mostly a known one
 * misspelt.
 */
@NullMarked
package org.spoolway.config;

import org.jspecify.annotations.NullMarked;
