/**
 * What the makers of an application say of its releases, in two signed files, and the rules by
 * which that is believed: a small part of <a href="https://theupdateframework.github.io">The Update
 * Framework</a>. Nothing here reads or writes anything.
 *
 * <pre>
 * N.root.json        whose word counts, and until when; each is signed by those of the one before
 * channel.json       which releases there are, numbered, and until when that holds
 * FILE.minisig       the signatures of a file, one below the other
 * </pre>
 */
@NullMarked
package org.spoolway.channel;

import org.jspecify.annotations.NullMarked;
