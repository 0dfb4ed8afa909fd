/**
 * Asks a release over HTTP whether it is well, and posts messages. What answers may be broken or
 * hostile, so an answer is limited in time and in size, redirects are not followed, and what is
 * quoted from it for people is one short line. This is the only package that knows an HTTP client.
 */
@NullMarked
package org.spoolway.host.http;

import org.jspecify.annotations.NullMarked;
