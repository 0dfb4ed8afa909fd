package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;

/** Takes a tree as it comes out of an archive; what it is told was checked. */
interface TreeSink {

  /** There is a directory, in one that was told of before. */
  void directory(TreePath path) throws IOException;

  /** There is a file; its content is to be read to the end. */
  void file(TreePath path, boolean executable, InputStream content) throws IOException;

  /** There is a file with the same content as another that was told of before. */
  void copy(TreePath path, boolean executable, TreePath of) throws IOException;

  /** There is a link; all others are told before, and none leads out of the tree. */
  void link(TreePath path, String target) throws IOException;
}
