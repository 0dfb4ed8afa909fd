package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.spoolway.tests.FaultyDisk.Counted;
import org.spoolway.tests.FaultySite.Ask;

/**
 * One kind of request, which meets one kind of fault at each of its operations in turn. Several
 * hosts share the operations, since a runner mostly waits after a fault.
 */
final class DiskMatrix {

  private final FaultySites sites;
  private final Function<FaultySite, Ask> request;
  private final DiskFault fault;
  private final List<String> ends;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger next = new AtomicInteger();
  private Counted counted = Counted.WORK;
  private int last;

  /**
   * A matrix.
   *
   * @param ends the states that the request may honestly end in
   */
  DiskMatrix(
      FaultySites sites, Function<FaultySite, Ask> request, DiskFault fault, String... ends) {
    this.sites = sites;
    this.request = request;
    this.fault = fault;
    this.ends = List.of(ends);
  }

  /** The same, for other operations than those of the work. */
  DiskMatrix at(Counted operations) {
    counted = operations;
    return this;
  }

  /** Has the request meet the fault at each operation, or at each so many. */
  void run(int stride) {
    last = rehearse();
    next.set(1 - stride);
    ExecutorService hosts = Executors.newFixedThreadPool(FaultySites.MOST);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < FaultySites.MOST; i++) {
        work.add(hosts.submit(() -> serve(stride)));
      }
      for (Future<?> host : work) {
        host.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("a host of the matrix failed", e);
    } finally {
      hosts.shutdown();
    }
    assertEquals(List.of(), failures, () -> String.join("\n", failures));
  }

  private int rehearse() {
    FaultySite site = sites.take();
    int operations = site.rehearse(request.apply(site), counted).size();
    System.out.println(fault + ": " + operations + " operations");
    assertTrue(operations > 0, counted + " counts nothing");
    sites.giveBack(site);
    return operations;
  }

  private void serve(int stride) {
    int at = next.addAndGet(stride);
    while (at <= last) {
      meet(at);
      at = next.addAndGet(stride);
    }
  }

  private void meet(int at) {
    FaultySite site = sites.take();
    try {
      site.meet(request.apply(site), counted, fault, at, ends);
      sites.giveBack(site);
    } catch (RuntimeException | AssertionError e) {
      failures.add(fault + " at " + at + ": " + e.getMessage());
      System.err.println(fault + " at " + at + ": " + e + "\n" + site.account());
      site.close();
    }
  }
}
