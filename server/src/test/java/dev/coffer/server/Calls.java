package dev.coffer.server;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All that one can ask of the server, and what one has to be allowed for it. */
final class Calls {
  /** For whoever asks. */
  static final String OPEN = "OPEN";

  /** For whoever has signed in, also for the first time. */
  static final String SIGNED_IN = "SIGNED_IN";

  private static final String TABLE =
      """
      GET    /sign-in                                     OPEN
      GET    /health/live                                 OPEN
      GET    /health/ready                                OPEN
      GET    /api/v1/openapi.json                         OPEN
      GET    /password                                    SIGNED_IN
      POST   /password                                    SIGNED_IN
      GET    /                                            VIEW
      GET    /metrics                                     VIEW
      GET    /admin/backup                                VIEW
      POST   /admin/backup                                OPERATE
      GET    /admin/backup-list                           VIEW
      GET    /admin/backup-protection                     VIEW
      GET    /admin/backup-trends                         VIEW
      GET    /admin/backup/{name}                         VIEW
      GET    /admin/backup/{name}/check                   VIEW
      GET    /admin/backup/{name}/trail                   VIEW
      POST   /admin/backup/{name}/verify                  OPERATE
      POST   /admin/backup/{name}/prove                   OPERATE
      POST   /admin/backup/{name}/keep                    MANAGE
      POST   /admin/backup/{name}/delete                  MANAGE
      GET    /admin/backup/{name}/download                DOWNLOAD
      GET    /admin/work                                  VIEW
      POST   /admin/work/{id}/cancel                      OPERATE
      GET    /admin/browse/{name}                         BROWSE
      GET    /admin/browse/{name}/{table}                 BROWSE
      GET    /admin/browse/{name}/{table}/row             BROWSE
      GET    /admin/compare                               BROWSE
      POST   /admin/compare                               BROWSE
      GET    /admin/compare/{id}                          BROWSE
      GET    /admin/compare/{id}/progress                 BROWSE
      GET    /admin/compare/{id}/records                  BROWSE
      GET    /admin/compare/{id}/records-list             BROWSE
      POST   /admin/compare/{id}/cancel                   BROWSE
      GET    /admin/restore                               RESTORE
      POST   /admin/restore                               RESTORE
      POST   /admin/restore/key                           RESTORE
      POST   /admin/restore/settle                        RESTORE
      POST   /admin/restore/undo/{restoreId}              RESTORE
      GET    /admin/restore/plan/{id}                     RESTORE
      GET    /admin/restore/plan/{id}/state               RESTORE
      POST   /admin/restore/plan/{id}/confirm             RESTORE
      POST   /admin/restore/plan/{id}/again               RESTORE
      POST   /admin/restore/plan/{id}/cancel              RESTORE
      GET    /admin/restores                              VIEW
      GET    /admin/restores/{id}                         VIEW
      GET    /admin/schedules                             VIEW
      POST   /admin/schedules                             MANAGE
      GET    /admin/schedules/new                         MANAGE
      GET    /admin/schedules/preview                     VIEW
      GET    /admin/schedules/retention                   VIEW
      POST   /admin/schedules/retention                   MANAGE
      GET    /admin/schedules/{id}/edit                   MANAGE
      POST   /admin/schedules/{id}/edit                   MANAGE
      POST   /admin/schedules/{id}/pause                  MANAGE
      POST   /admin/schedules/{id}/delete                 MANAGE
      POST   /admin/schedules/{id}/run                    OPERATE
      GET    /admin/audit                                 AUDIT
      GET    /admin/audit/export                          AUDIT
      GET    /admin/users                                 ACCESS
      POST   /admin/users                                 ACCESS
      POST   /admin/users/{id}/access                     ACCESS
      POST   /admin/users/{id}/password                   ACCESS
      GET    /admin/tokens                                ACCESS
      POST   /admin/tokens                                ACCESS
      POST   /admin/tokens/{id}/revoke                    ACCESS
      GET    /admin/settings                              VIEW
      GET    /admin/settings/database                     VIEW
      GET    /admin/settings/proof-server                 VIEW
      POST   /admin/settings/check                        MANAGE
      POST   /admin/settings/portal-sign-in               ACCESS
      POST   /admin/settings/key-identity                 MANAGE
      POST   /admin/settings/key-test                     MANAGE
      GET    /admin/settings/key-test/{id}                VIEW
      GET    /admin/settings/key-test/{id}/challenge.age  VIEW
      POST   /admin/settings/key-test/{id}                MANAGE
      GET    /api/admin/comprehensive-backup              VIEW
      POST   /api/admin/comprehensive-backup              OPERATE
      GET    /api/admin/backups                           VIEW
      POST   /api/admin/create-backup                     OPERATE
      POST   /api/admin/restore                           RESTORE
      GET    /api/v1/protection                           VIEW
      GET    /api/v1/databases                            VIEW
      GET    /api/v1/backups                              VIEW
      POST   /api/v1/backups                              OPERATE
      GET    /api/v1/backups/{name}                       VIEW
      DELETE /api/v1/backups/{name}                       MANAGE
      PUT    /api/v1/backups/{name}/keep                  MANAGE
      POST   /api/v1/backups/{name}/verify                OPERATE
      POST   /api/v1/backups/{name}/prove                 OPERATE
      GET    /api/v1/backups/{name}/download              DOWNLOAD
      GET    /api/v1/backups/{name}/tables                BROWSE
      GET    /api/v1/backups/{name}/tables/{table}/rows   BROWSE
      GET    /api/v1/backups/{name}/tables/{table}/rows/{id}  BROWSE
      GET    /api/v1/comparisons                          BROWSE
      POST   /api/v1/comparisons                          BROWSE
      GET    /api/v1/comparisons/{id}                     BROWSE
      GET    /api/v1/comparisons/{id}/changes             BROWSE
      GET    /api/v1/restores                             RESTORE
      POST   /api/v1/restores                             RESTORE
      GET    /api/v1/restores/{id}                        RESTORE
      DELETE /api/v1/restores/{id}                        RESTORE
      POST   /api/v1/restores/{id}/confirm                RESTORE
      POST   /api/v1/restores/{id}/undo                   RESTORE
      GET    /api/v1/jobs                                 VIEW
      GET    /api/v1/jobs/{id}                            VIEW
      DELETE /api/v1/jobs/{id}                            OPERATE
      GET    /api/v1/schedules                            VIEW
      POST   /api/v1/schedules                            MANAGE
      GET    /api/v1/schedules/preview                    VIEW
      GET    /api/v1/schedules/{id}                       VIEW
      PUT    /api/v1/schedules/{id}                       MANAGE
      DELETE /api/v1/schedules/{id}                       MANAGE
      POST   /api/v1/schedules/{id}/run                   OPERATE
      GET    /api/v1/retention                            VIEW
      PUT    /api/v1/retention                            MANAGE
      GET    /api/v1/retention/preview                    VIEW
      GET    /api/v1/audit                                AUDIT
      GET    /api/v1/audit/check                          AUDIT
      GET    /api/v1/audit/export                         AUDIT
      GET    /api/v1/users                                ACCESS
      POST   /api/v1/users                                ACCESS
      GET    /api/v1/users/{id}                           ACCESS
      PUT    /api/v1/users/{id}                           ACCESS
      POST   /api/v1/users/{id}/password                  ACCESS
      GET    /api/v1/tokens                               ACCESS
      POST   /api/v1/tokens                               ACCESS
      DELETE /api/v1/tokens/{id}                          ACCESS
      GET    /api/v1/settings                             VIEW
      POST   /api/v1/settings/check                       MANAGE
      POST   /api/v1/settings/portal-sign-in              ACCESS
      POST   /api/v1/settings/key-tests                   MANAGE
      GET    /api/v1/settings/key-tests/{id}              VIEW
      POST   /api/v1/settings/key-tests/{id}/answer       MANAGE
      """;

  private Calls() {}

  /**
   * One of them.
   *
   * @param pattern with the names of what varies in braces
   * @param needs a permission, {@link #OPEN} or {@link #SIGNED_IN}
   */
  record Call(String method, String pattern, String needs) {
    boolean looks() {
      return method.equals("GET");
    }

    boolean forPrograms() {
      return pattern.startsWith("/api/") || pattern.equals("/metrics");
    }

    boolean varies() {
      return pattern.contains("{");
    }

    /** The address of something that is not there. */
    String ofNothing() {
      return pattern
          .replace("/users/{id}", "/users/987654321")
          .replaceAll("\\{(id|restoreId)}", "00000000-0000-4000-8000-000000000000")
          .replaceAll("\\{\\w+}", "nothing");
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  static List<Call> all() {
    return TABLE
        .lines()
        .map(line -> line.split(" +", 3))
        .map(parts -> new Call(parts[0], parts[1], parts[2]))
        .toList();
  }

  static Set<String> names() {
    return all().stream().map(Call::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the running server takes, whatever the table says. */
  static Set<String> of(Site site) {
    return site
        .part("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(call ->
            call.getPatternValues().stream()
                .flatMap(path ->
                    call.getMethodsCondition().getMethods().isEmpty()
                        ? java.util.stream.Stream.of("ANY " + path)
                        : call.getMethodsCondition().getMethods().stream()
                            .map(method -> method + " " + path)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
