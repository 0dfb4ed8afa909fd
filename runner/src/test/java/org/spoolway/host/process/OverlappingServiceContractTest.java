package org.spoolway.host.process;

import java.time.Clock;
import org.spoolway.host.Services;

final class OverlappingServiceContractTest extends ProcessServiceContractTest {

  @Override
  Services made(ServiceSettings settings) {
    return ProcessService.handingOver(settings, Clock.systemUTC());
  }
}
