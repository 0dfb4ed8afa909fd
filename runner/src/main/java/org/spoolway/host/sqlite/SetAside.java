package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves the present database aside whole, under its own name: {@code notes.db} and {@code
 * notes.db-wal} keep belonging together. What is aside already is never overwritten:
 *
 * <ul>
 *   <li>After a crash between two moves the database's own file is aside, and what is still in
 *       place joins it.
 *   <li>If there is a database in place again that is not the restored one, it gets the next name:
 *       {@code notes.db.1}.
 * </ul>
 */
final class SetAside {

  private final DatabaseFiles present;
  private final Path aside;
  private final Disk disk;

  SetAside(DatabaseFiles present, Path aside, Disk disk) {
    this.present = present;
    this.aside = aside;
    this.disk = disk;
  }

  /** Moves all there is; when this returns that survives a power cut. */
  void moveAll() throws IOException {
    DatabaseFiles target = target();
    for (String part : DatabaseFiles.PARTS) {
      if (disk.exists(present.part(part))) {
        disk.move(present.part(part), target.part(part));
      }
    }
    disk.force(aside);
    disk.force(present.directory());
  }

  /**
   * The database's file that was moved first, whose owner the next one gets; null when none was.
   */
  @Nullable FileState first() throws IOException {
    return disk.state(generation(0).main());
  }

  private DatabaseFiles target() throws IOException {
    int number = 0;
    while (partsOf(generation(number + 1)).size() > 0) {
      number++;
    }
    return fits(generation(number)) ? generation(number) : generation(number + 1);
  }

  /** Whether what is in place belongs to what is aside under this name, or nothing is. */
  private boolean fits(DatabaseFiles taken) throws IOException {
    for (String part : partsOf(taken)) {
      boolean arrived =
          disk.exists(present.part(part)) && same(present.part(part), taken.part(part));
      boolean left = !disk.exists(present.part(part)) && !disk.exists(present.main());
      if (!arrived && !left) {
        return false;
      }
    }
    return true;
  }

  /**
   * A copy to another file system was whole when a crash came, but its original not yet removed.
   */
  private boolean same(Path original, Path copy) throws IOException {
    return disk.checksum(original).equals(disk.checksum(copy));
  }

  private List<String> partsOf(DatabaseFiles files) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part : DatabaseFiles.PARTS) {
      if (disk.exists(files.part(part))) {
        parts.add(part);
      }
    }
    return parts;
  }

  private DatabaseFiles generation(int number) {
    String name = number == 0 ? present.name() : present.name() + "." + number;
    return new DatabaseFiles(aside, name);
  }
}
