package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.spoolway.host.FakeDatabase.Call;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class FakeDatabaseTest {

  @Nested
  class InMemory extends Contract {
    private final FakeDatabase database = FakeDatabase.inMemory();

    @Override
    protected FakeDatabase database() {
      return database;
    }
  }

  @Nested
  class InAFile extends Contract {
    @Override
    protected FakeDatabase database() {
      return FakeDatabase.in(scratch.resolve("content"));
    }
  }

  @Test
  void recordsWhatItIsAskedForAndFailsWhereItIsTold() throws Exception {
    FakeDatabase database = FakeDatabase.inMemory();
    database.fail(Call.MARK, Problem.SNAPSHOT_FAILED);
    ProblemException failure = assertThrows(ProblemException.class, database::mark);
    assertEquals(Problem.SNAPSHOT_FAILED, failure.problem());
    database.mend(Call.MARK);
    database.mark();
    database.requireReady();
    assertEquals(List.of(Call.MARK, Call.MARK, Call.REQUIRE_READY), database.calls());
  }

  abstract static class Contract extends DatabaseContract {
    @Override
    protected abstract FakeDatabase database();

    @Override
    protected void write(String content) {
      database().write(content);
    }

    @Override
    protected @Nullable String read() {
      return database().content();
    }
  }
}
