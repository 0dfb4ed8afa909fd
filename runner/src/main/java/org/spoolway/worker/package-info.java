/**
 * One worker per deployment: recover, then take one job, run it, tell its result, and again. A
 * second thread only brings requests in, so that a long job delays neither their acceptance nor a
 * cancel.
 */
@NullMarked
package org.spoolway.worker;

import org.jspecify.annotations.NullMarked;
