package dev.coffer.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

/** What the features of the server may know of one another, and of the database. */
@AnalyzeClasses(locations = ArchitectureTest.OwnClasses.class)
class ArchitectureTest {
  /** This module's, and none of the test kit's. */
  static final class OwnClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return Set.of(Location.of(Path.of("target", "classes")));
    }
  }

  /** Who keeps something in the state, or asks the protected database itself. */
  private static final String[] REPOSITORIES = {
    "access.Accounts",
    "access.Tokens",
    "access.portal.PortalAccounts",
    "access.portal.PortalQuery",
    "access.portal.PortalSignIn",
    "audit.AuditTrail",
    "backups.DatabaseCheck",
    "backups.Verifications",
    "comparisons.Comparisons",
    "idempotency.IdempotentRequests",
    "jobs.JobClaims",
    "jobs.Jobs",
    "jobs.Lane",
    "jobs.Lanes",
    "keys.KeyChallenges",
    "keys.KeyTests",
    "schedules.Schedules",
    "schedules.work.RetentionRules",
    "watch.Readiness",
  };

  @ArchTest
  static final ArchRule FEATURES_FORM_NO_CYCLES =
      slices().matching("dev.coffer.server.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_REPOSITORIES_USE_A_DATABASE =
      noClasses()
          .that()
          .haveNameNotMatching(
              "dev\\.coffer\\.server\\.("
                  + String.join("|", REPOSITORIES).replace(".", "\\.")
                  + "|state\\.\\w+)(\\$.*)?")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc.."));

  @ArchTest
  static final ArchRule ONLY_ACCESS_KNOWS_HOW_PEOPLE_SIGN_IN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.coffer.server.access..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.security..");

  @ArchTest
  static final ArchRule NOBODY_USES_A_CONTROLLER =
      classes()
          .that()
          .areAnnotatedWith(Controller.class)
          .or()
          .areAnnotatedWith(RestController.class)
          .should()
          .notBePublic();

  /** The portal's profile names them: another application may be protected some day. */
  @Test
  void theServerNamesNoTableOfThePortal() throws IOException {
    List<String> names = List.of("smsLogs", "sms_logs", "LeadToSaleLink", "CommunicationLog");
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      List<Path> sources =
          files
              .filter(
                  file -> file.toString().endsWith(".java") || file.toString().endsWith(".html"))
              .toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(Files.readString(source)).as(source.toString()).doesNotContain(names);
      }
    }
  }

  /** Where null is not said to be possible, the compiler's check passes it by. */
  @Test
  void everyPackageIsCheckedForNull() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> packages = files.filter(ArchitectureTest::holdsSources).toList();
      assertThat(packages).isNotEmpty();
      for (Path folder : packages) {
        assertThat(folder.resolve("package-info.java"))
            .content(StandardCharsets.UTF_8)
            .contains("@NullMarked");
      }
    }
  }

  private static boolean holdsSources(Path folder) {
    String[] names = folder.toFile().list((directory, name) -> name.endsWith(".java"));
    return names != null && names.length > 0;
  }
}
