package org.spoolway.host.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.StateDir;

/** Finds the processes of a recorded start again, whoever started them, and ends them. */
final class ServiceProcess {

  private final ProcessTable table;
  private final StateDir state;

  /** The start whose record lacks its process, with the process that was found for it. */
  private volatile @Nullable ServiceRecord found;

  /**
   * @param state where the record is kept
   */
  ServiceProcess(ProcessTable table, StateDir state) {
    this.table = table;
    this.state = state;
  }

  /** The last start; when the runner died before it could record the process, with that one. */
  Optional<ServiceRecord> record() throws IOException {
    Optional<ServiceRecord> record = ServiceRecord.load(state.service());
    return record.isPresent() && record.get().pid() == null
        ? Optional.of(complete(record.get()))
        : record;
  }

  /** The main process of a start, if it is alive. */
  Optional<ProcessEntry> main(ServiceRecord record) throws IOException {
    Optional<ProcessEntry> entry = Optional.ofNullable(record.pid()).flatMap(table::find);
    return entry.isPresent() && entry.get().isAlive() && record.names(entry.get())
        ? entry
        : Optional.empty();
  }

  /** Everything of a start: what its main process still has, and what has its signs. */
  ProcessTree tree(ServiceRecord record) throws IOException {
    Signs signs = Signs.ofService(state, record.cookie());
    Optional<ProcessEntry> main = main(record);
    if (main.isPresent()) {
      return ProcessTree.ofLeader(table, signs, main.get());
    }
    Long former = record.pid();
    return former == null
        ? ProcessTree.of(table, signs)
        : ProcessTree.ofFormer(table, signs, former);
  }

  /**
   * Asks the main process of a start to end, and kills what is left of all.
   *
   * @param timeout how long the main process may take
   * @return what could not be killed; almost always empty
   */
  List<ProcessEntry> end(ServiceRecord record, Duration timeout) throws IOException {
    ProcessTree tree = tree(record);
    Optional<ProcessEntry> main = main(record);
    if (main.isPresent()) {
      // Once the main process is gone, nothing tells what it had but had changed its environment.
      tree.living();
      table.terminate(main.get());
      Polling.until(() -> !table.isAlive(main.get()), timeout);
    }
    return tree.kill();
  }

  private ServiceRecord complete(ServiceRecord intended) throws IOException {
    ServiceRecord known = found;
    if (known != null && known.token().equals(intended.token())) {
      return known;
    }
    Optional<ProcessEntry> main =
        table.all().stream()
            .filter(entry -> entry.isAlive() && entry.pid() == entry.session())
            .filter(entry -> table.carries(entry, intended.cookie()))
            .min(Comparator.comparingLong(ProcessEntry::startTicks));
    if (main.isEmpty()) {
      return intended;
    }
    ServiceRecord complete = intended.of(main.get());
    found = complete;
    return complete;
  }
}
