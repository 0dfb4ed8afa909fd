package org.spoolway.host.http;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why no answer came. */
final class Failures {

  private Failures() {}

  static String describe(ExecutionException failure) {
    List<Throwable> causes = causes(failure.getCause());
    if (find(causes, LimitedBody.TooLargeException.class).isPresent()) {
      return "more than 1 MiB";
    }
    if (find(causes, UnresolvedAddressException.class).isPresent()) {
      return "unknown host";
    }
    if (find(causes, HttpConnectTimeoutException.class).isPresent()) {
      return "no connection in time";
    }
    if (find(causes, ProtocolException.class).isPresent()) {
      return "the answer is not HTTP";
    }
    return find(causes, ConnectException.class)
        .map(e -> e.getMessage() == null ? "connection refused" : text(e).toLowerCase(Locale.ROOT))
        .or(() -> find(causes, SSLException.class).map(e -> "no secure connection: " + text(e)))
        .orElseGet(() -> "no whole answer: " + text(causes.get(0)));
  }

  private static String text(Throwable e) {
    String message = e.getMessage();
    return OneLine.of(message == null ? e.getClass().getSimpleName() : message);
  }

  private static <T> Optional<T> find(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** From the outermost to the innermost. */
  private static List<Throwable> causes(@Nullable Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable e = failure; e != null && !causes.contains(e); e = e.getCause()) {
      causes.add(e);
    }
    return causes;
  }
}
