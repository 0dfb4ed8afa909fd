/**
 * How things read on a terminal and off it: lines that are harmless whatever text they quote,
 * tables, ages, sizes and JSON. Knows nothing of requests, deployments or jobs.
 */
@NullMarked
package org.spoolway.cli.text;

import org.jspecify.annotations.NullMarked;
