/**
 * Figures for Prometheus, in a file for node_exporter's textfile collector. Drawing the text is
 * pure; writing it follows no link and works in no directory that somebody else can write, since
 * the runner may be root and the collector's directory often belongs to others.
 */
@NullMarked
package org.spoolway.metrics;

import org.jspecify.annotations.NullMarked;
