package org.spoolway.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RestTest {

  private final Rest rest = new Rest();

  @Test
  void whoeverAsksLearnsWhenNobodyElseWorks() {
    CompletableFuture<Void> alone = rest.begin("spoolway");
    assertEquals(Optional.of("spoolway"), rest.waking());
    rest.tell(Set.of("notes", "spoolway"));
    assertFalse(alone.isDone());
    rest.tell(Set.of("spoolway"));
    assertTrue(alone.isDone());
  }

  @Test
  void askingAgainIsTheSameWish() {
    CompletableFuture<Void> alone = rest.begin("spoolway");
    assertSame(alone, rest.begin("spoolway"));
  }

  @Test
  void afterwardsAllWorkAgainAndTheNextWishIsANewOne() {
    CompletableFuture<Void> first = rest.begin("spoolway");
    rest.tell(Set.of("spoolway"));
    assertTrue(first.isDone());
    rest.end();
    assertEquals(Optional.empty(), rest.waking());
    rest.tell(Set.of());
    assertFalse(rest.begin("spoolway").isDone());
  }
}
