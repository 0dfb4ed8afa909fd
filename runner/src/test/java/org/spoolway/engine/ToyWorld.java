package org.spoolway.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.spoolway.journal.Death;

/**
 * What toy steps change, and the order in which they do. Outlives the runner, as a disk does. Each
 * step changes one thing from old (absent) over half to new.
 */
final class ToyWorld {

  private static final String HALF = "half";
  private static final String NEW = "new";

  private final Map<String, String> things;
  private final List<String> effects;
  private final Map<String, ToyFault> faults = new HashMap<>();
  private final Map<String, Integer> brokenUndos = new HashMap<>();
  private final Set<String> needless = new HashSet<>();
  private int changesLeft = Integer.MAX_VALUE;

  ToyWorld() {
    this(new TreeMap<>(), new ArrayList<>());
  }

  private ToyWorld(Map<String, String> things, List<String> effects) {
    this.things = things;
    this.effects = effects;
  }

  /** The same world at this moment, changed independently from here on. */
  ToyWorld copy() {
    ToyWorld copy = new ToyWorld(new TreeMap<>(things), new ArrayList<>(effects));
    copy.faults.putAll(faults);
    copy.brokenUndos.putAll(brokenUndos);
    copy.needless.addAll(needless);
    return copy;
  }

  /** Has a step fail, each time it runs. */
  ToyWorld failing(String step, ToyFault fault) {
    faults.put(step, fault);
    return this;
  }

  /** Has a step's undo fail so often. */
  ToyWorld failingUndo(String step, int times) {
    brokenUndos.put(step, times);
    return this;
  }

  /** Has a step say that it is not needed. */
  ToyWorld needless(String step) {
    needless.add(step);
    return this;
  }

  /** Has the runner die right after the n-th change from now on, which is made. */
  ToyWorld dyingAtChange(int n) {
    changesLeft = n;
    return this;
  }

  boolean isNeedless(String step) {
    return needless.contains(step);
  }

  ToyFault fault(String step) {
    return faults.getOrDefault(step, ToyFault.NONE);
  }

  /** Whether this undo is one of those that are to fail. */
  boolean breaksUndo(String step) {
    return brokenUndos.merge(step, -1, Integer::sum) >= 0;
  }

  void look(String step) {
    effects.add("look " + step);
  }

  void half(String step) {
    change(step, HALF);
  }

  void finish(String step) {
    effects.add("do " + step);
    change(step, NEW);
  }

  void revert(String step) {
    effects.add("undo " + step);
    things.remove(step);
    count(step);
  }

  private void change(String step, String value) {
    things.put(step, value);
    count(step);
  }

  private void count(String step) {
    if (--changesLeft == 0) {
      throw new Death("at the change of " + step);
    }
  }

  boolean isNew(String step) {
    return NEW.equals(things.get(step));
  }

  boolean isAllOld() {
    return things.isEmpty();
  }

  /** All that was done, in order. */
  List<String> effects() {
    return List.copyOf(effects);
  }

  @Override
  public String toString() {
    return things + " after " + effects;
  }
}
