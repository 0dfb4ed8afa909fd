/** Asks a release over HTTP whether it is well; the only package that uses an HTTP client. */
@NullMarked
package org.spoolway.host.http;

import org.jspecify.annotations.NullMarked;
