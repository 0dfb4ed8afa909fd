/**
 * Asks a release over HTTP whether it is well, posts messages, and fetches releases from servers.
 * What answers may be broken or hostile, so an answer is limited in time and in size, redirects are
 * followed only to what is as safe, if at all, and what is quoted from it for people is one short
 * line. This is the only package that knows an HTTP client.
 */
@NullMarked
package org.spoolway.host.http;

import org.jspecify.annotations.NullMarked;
