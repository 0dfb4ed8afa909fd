package org.spoolway.tests;

/**
 * Something that a process changed on a {@link FaultyDisk}, or tried to.
 *
 * @param index its place among those that were counted, from 1
 * @param name the kernel's word for it, such as {@code fsync}
 * @param path where, from the mount point on; of a rename {@code OLD -> NEW}
 * @param handle tells one opening of a file from another; {@code -} when none is open
 * @param outcome {@code ok}, {@code killed} or the error's name
 */
record DiskOperation(int index, String name, String path, String handle, String outcome) {

  static DiskOperation parse(String line) {
    String[] fields = line.split("\t", -1);
    return new DiskOperation(
        Integer.parseInt(fields[0]), fields[1], fields[2], fields[3], fields[4]);
  }

  boolean done() {
    return outcome.equals("ok");
  }

  boolean failed() {
    return !done() && !outcome.equals("killed");
  }

  @Override
  public String toString() {
    return index + " " + name + " " + path + ": " + outcome;
  }
}
