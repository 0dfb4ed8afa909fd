package org.spoolway.install;

import java.util.ArrayList;
import java.util.List;
import org.spoolway.deployment.Deployment;
import org.spoolway.hostfile.HostTools;
import org.spoolway.layout.HostDir;

/** What the proxy of a deployment must have, so that it serves the site which a release ships. */
record ProxyProvisions(Deployment deployment, HostDir host, HostTools tools) {

  private static final String READABLE = "rwxr-xr-x";

  /** In the order in which they are brought; none without a proxy. */
  List<Provision> list() {
    List<Provision> list = new ArrayList<>();
    switch (deployment.deploy().proxy()) {
      case NONE -> {}
      case CADDY -> {
        program("caddy", "caddy", list);
        list.add(new Place(host.caddySites(), READABLE, null));
        list.add(new CaddyConfiguration(host, tools));
        list.add(new ProxyUnit(tools, "caddy.service"));
      }
      case NGINX -> {
        program("nginx", "nginx-light", list);
        list.add(new NginxConfiguration(host.nginxConfiguration()));
        list.add(new ProxyUnit(tools, "nginx.service"));
      }
    }
    return list;
  }

  /** Which of several packages the administrator names is left to the administrator. */
  private void program(String program, String usual, List<Provision> list) {
    if (deployment.host().packages().stream().noneMatch(name -> name.startsWith(program))) {
      list.add(new ProxyProgram(tools, program, usual));
    }
  }
}
