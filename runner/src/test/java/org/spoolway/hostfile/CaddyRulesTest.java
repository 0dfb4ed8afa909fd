package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.ProblemException;

/** Caddy keeps the keys of all sites, and reads what an application cannot. */
class CaddyRulesTest {

  private static final String OPEN = "notes.example.org {\n";

  private final CaddyRules rules =
      new CaddyRules(
          new CaddyRules.Owner("notes", "/opt/notes", "/etc/caddy/spoolway.d/notes.maintenance"));

  @Test
  void aSiteMayBeWhatSitesAre() {
    assertDoesNotThrow(
        () ->
            rules.require(
                """
                # The site: `handle` is one.
                notes.example.org, www.notes.example.org:443 {
                	import /etc/caddy/spoolway.d/notes.maintenance
                	encode zstd gzip
                	header {
                		X-Frame-Options DENY
                		-Server
                		?Cache-Control "no-cache # not"   # but this is
                	}
                	@static {
                		method GET HEAD
                		path /static/* /media/*
                	}
                	@old path /old/*
                	redir @old https://notes.example.org{uri} permanent
                	handle @static {
                		root * /opt/notes/current
                		file_server {
                			hide .git
                		}
                	}
                	handle_path /api/* {
                		reverse_proxy unix//run/notes.sock
                	}
                	reverse_proxy 127.0.0.1:8080 localhost:8081 {
                		lb_try_duration 5s
                		header_up X-Real-IP {remote_host}
                		transport http {
                			read_timeout 30s
                		}
                	}
                }
                http://plain.example.org {
                	respond "closed" 410
                }
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root * /var/lib/caddy",
        "root * /opt/notes/../other",
        "root * /opt/notes-of-others",
        "root * /opt/notes/{query.file}",
        "import /etc/passwd",
        "\"import\" /etc/passwd",
        "import \"/etc/passwd\"",
        "tls /var/lib/caddy/key /var/lib/caddy/key",
        "log {\noutput file /var/lib/caddy/x\n}",
        "file_server browse",
        "templates",
        "acme_server",
        "php_fastcgi unix//run/php/other.sock",
        "respond {env.SECRET}",
        "respond {file./var/lib/caddy/key}",
        "respond {$HOME}",
        "# {$X:\nrespond x\n}",
        "reverse_proxy unix//run/other.sock",
        "reverse_proxy 127.0.0.1:8080 {\ndynamic srv x\n}",
        "reverse_proxy x 127.0.0.1.example.org:80",
        "respond `x\nimport /etc/passwd\n`",
        "respond \"x\nimport /etc/passwd\n\"",
        "respond \"x\"import",
        "respond x \\\nimport /etc/passwd",
        "respond <<X\nX",
        "respond } import /etc/passwd",
        "respond \"}\"",
        "}\n{\nadmin 0.0.0.0:2019\n",
        "}\n}",
        "@x import /etc/passwd",
        "bind 192.0.2.1",
      })
  void whatWouldReachBeyondItsSiteIsRefused(String directive) {
    assertThrows(ProblemException.class, () -> rules.require(OPEN + directive + "\n}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\nadmin off\n}",
        "(all) {\n}",
        "&(x) {\n}",
        "import /etc/passwd",
        ":2019 {\n}",
        "{\n"
      })
  void whatWouldHoldForAllSitesIsRefused(String site) {
    assertThrows(ProblemException.class, () -> rules.require(site));
  }
}
