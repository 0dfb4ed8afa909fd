package org.spoolway.host.http;

import com.github.mizosoft.methanol.HttpReadTimeoutException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
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

  /** Of a request that may be silent for as long as it may take. */
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
        .or(() -> find(causes, SSLException.class).map(e -> insecure(causes, e)))
        .orElseGet(() -> "no whole answer: " + text(causes.get(0)));
  }

  /**
   * Of a request that a server may not leave without an answer, or its answer without an end.
   *
   * @param silence how long it might have said nothing
   */
  static String describe(ExecutionException failure, Duration silence) {
    List<Throwable> causes = causes(failure.getCause());
    if (find(causes, HttpReadTimeoutException.class).isPresent()) {
      return "nothing came for " + silence.toSeconds() + " s";
    }
    boolean isConnecting = find(causes, HttpConnectTimeoutException.class).isPresent();
    if (!isConnecting && find(causes, HttpTimeoutException.class).isPresent()) {
      return "no answer within " + silence.toSeconds() + " s";
    }
    return describe(failure);
  }

  /** Whether the other side fell silent, rather than ended the connection. */
  static boolean isSilence(ExecutionException failure) {
    return find(causes(failure.getCause()), HttpTimeoutException.class).isPresent();
  }

  private static String insecure(List<Throwable> causes, SSLException failure) {
    return "no secure connection: " + certificate(causes).orElseGet(() -> text(failure));
  }

  /** What is wrong with a server's certificate, if it is that. */
  private static Optional<String> certificate(List<Throwable> causes) {
    Optional<CertPathValidatorException.Reason> reason =
        find(causes, CertPathValidatorException.class).map(CertPathValidatorException::getReason);
    if (find(causes, CertificateExpiredException.class).isPresent()) {
      return Optional.of("its certificate has expired");
    }
    if (find(causes, CertificateNotYetValidException.class).isPresent()) {
      return Optional.of("its certificate is not valid yet");
    }
    if (reason.filter(BasicReason.REVOKED::equals).isPresent()) {
      return Optional.of("its certificate was revoked");
    }
    if (reason.filter(BasicReason.ALGORITHM_CONSTRAINED::equals).isPresent()) {
      return Optional.of("its certificate uses an algorithm that is not safe");
    }
    if (find(causes, CertPathBuilderException.class).isPresent()) {
      return Optional.of("this host does not know who issued its certificate");
    }
    // The check of the name has no type of its own, and is the only one with the bare type.
    return find(causes, CertificateException.class)
        .filter(e -> e.getClass() == CertificateException.class && e.getCause() == null)
        .map(e -> "its certificate is not of that name: " + text(e));
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
