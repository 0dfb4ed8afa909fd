package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.ProblemException;

/** The master of nginx is root, and does what its configuration says. */
class NginxRulesTest {

  private final NginxRules rules =
      new NginxRules(
          new NginxRules.Owner(
              "notes",
              Path.of("/opt/notes"),
              "/etc/nginx/spoolway.d/notes.maintenance",
              List.of("/etc/ssl/notes.pem")));

  @Test
  void aSiteMayBeWhatSitesAre() {
    assertDoesNotThrow(
        () ->
            rules.require(
                """
                # WebSockets
                map $http_upgrade $notes_connection {
                    default upgrade;
                    "" "";
                }
                upstream notes { server 127.0.0.1:8080 max_fails=0; keepalive 8; }
                server {
                    listen 443 ssl http2 default_server;
                    listen [::]:80;
                    server_name notes.example.org ~^(www\\.)?notes\\.example$;
                    ssl_certificate /etc/ssl/notes.pem;
                    include /etc/nginx/spoolway.d/notes.maintenance;
                    client_max_body_size 64m;
                    if ($http_user_agent ~* "bot;{}") { return 403 'no "bots"'; }
                    rewrite ^/old/(.*)$ /new/$1 last;
                    location /static/ {
                        alias /opt/notes/current/static/;
                        try_files $uri $uri/ =404;
                        types { text/css css; }
                        add_header X-Path ${uri}x always;
                    }
                    location / {
                        proxy_pass http://notes;
                        proxy_set_header Connection $notes_connection;
                    }
                    location ~ ^/api/v[0-9]+/ { proxy_pass http://unix:/run/notes.sock:/api/; }
                }
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log_format x '* * * * * root sh';",
        "server { access_log /etc/cron.d/notes x; }",
        "server { error_log /etc/cron.d/notes; }",
        "server { include /etc/shadow; }",
        "map $uri $x { include /etc/shadow; }",
        "types { text/css css; }\nserver { access_log /etc/cron.d/notes; }",
        "proxy_cache_path /etc/cron.d levels=1 keys_zone=x:1m;",
        "server { ssl_certificate_key /etc/ssl/private/other.key; }",
        "server { root /; }",
        "server { root /opt/notes/../other; }",
        "server { root /opt/notes-of-others; }",
        "server { alias /opt/notes/$arg_file; }",
        "server { try_files $arg_file =404; }",
        "server { rewrite ^ /../../etc/passwd last; }",
        "server { rewrite ^ $arg_file last; }",
        "server { listen 22; }",
        "server { listen 192.0.2.1:80; }",
        "server { proxy_pass http://gone.example.org; }",
        "server { proxy_pass http://127.0.0.1.example.org; }",
        "server { proxy_pass http://unix:/run/other.sock; }",
        "upstream x { server gone.example.org; }",
        "server { add_header a \"b\"access_log /etc/cron.d/x; }",
        "server { set $a b\\${ access_log /etc/cron.d/x; }",
        "server { set $a ${{; access_log /etc/cron.d/x; }",
        "server { set $a '\\'; access_log /etc/cron.d/x; }",
        "# comment\0access_log /etc/cron.d/x;",
        "server { \"access_log\" /etc/cron.d/x; }",
        "server { ; }",
        "server { listen 80 }",
        "return",
      })
  void whatWouldReachBeyondItsSiteIsRefused(String site) {
    assertThrows(ProblemException.class, () -> rules.require(site));
  }
}
