/**
 * What the makers of an application say of its releases, in two signed files, and the rules by
 * which that is believed: a small part of <a href="https://theupdateframework.github.io">The Update
 * Framework</a>. Nothing here reads or writes anything.
 *
 * <pre>
 * root.json          whose word counts, and until when; 1.root.json, 2.root.json … are all of them
 * channel.json       which releases there are, numbered, and until when that holds
 * FILE.minisig       the signatures of a file, one below the other
 * </pre>
 */
@NullMarked
package org.spoolway.channel;

import org.jspecify.annotations.NullMarked;
