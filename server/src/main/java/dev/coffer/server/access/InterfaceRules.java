package dev.coffer.server.access;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Which call of the interface needs what. A call that no line names is refused, so that whoever
 * adds one has to say who may make it.
 */
final class InterfaceRules {
  private InterfaceRules() {}

  static void add(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    Rules rules = new Rules(requests);
    requests.requestMatchers(HttpMethod.GET, "/api/v1/openapi.json").permitAll();
    requests.requestMatchers(HttpMethod.HEAD, "/api/v1/openapi.json").permitAll();

    rules.look(Permission.DOWNLOAD, "/api/v1/backups/*/download");
    rules.any(Permission.BROWSE, "/api/v1/backups/*/tables/**", "/api/v1/comparisons/**");
    rules.any(Permission.RESTORE, "/api/v1/restores/**", "/api/admin/restore");
    rules.look(Permission.AUDIT, "/api/v1/audit/**");
    rules.any(
        Permission.ACCESS,
        "/api/v1/users/**",
        "/api/v1/tokens/**",
        "/api/v1/settings/portal-sign-in");
    // Which jobs, the call itself says: whoever may compare may cancel comparisons of their own.
    rules.change(HttpMethod.DELETE, Permission.VIEW, "/api/v1/jobs/*");
    rules.change(
        HttpMethod.POST,
        Permission.OPERATE,
        "/api/v1/backups",
        "/api/v1/backups/*/verify",
        "/api/v1/backups/*/prove",
        "/api/v1/schedules/*/run",
        "/api/admin/comprehensive-backup",
        "/api/admin/create-backup");
    rules.change(HttpMethod.POST, Permission.MANAGE, "/api/v1/schedules", "/api/v1/settings/**");
    rules.change(
        HttpMethod.PUT,
        Permission.MANAGE,
        "/api/v1/backups/*/keep",
        "/api/v1/schedules/*",
        "/api/v1/retention",
        "/api/v1/settings/**");
    rules.change(
        HttpMethod.DELETE,
        Permission.MANAGE,
        "/api/v1/backups/*",
        "/api/v1/schedules/*",
        "/api/v1/settings/**");
    rules.look(
        Permission.VIEW,
        "/api/v1/protection",
        "/api/v1/databases",
        "/api/v1/backups",
        "/api/v1/backups/*",
        "/api/v1/jobs",
        "/api/v1/jobs/*",
        "/api/v1/schedules",
        "/api/v1/schedules/*",
        "/api/v1/retention",
        "/api/v1/retention/preview",
        "/api/v1/settings/**",
        "/api/v1/history/**",
        "/api/admin/comprehensive-backup",
        "/api/admin/backups",
        "/metrics");
    requests.anyRequest().denyAll();
  }

  private record Rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    void any(Permission permission, String... paths) {
      requests.requestMatchers(paths).hasAuthority(permission.name());
    }

    void look(Permission permission, String... paths) {
      change(HttpMethod.GET, permission, paths);
      change(HttpMethod.HEAD, permission, paths);
    }

    void change(HttpMethod method, Permission permission, String... paths) {
      requests.requestMatchers(method, paths).hasAuthority(permission.name());
    }
  }
}
