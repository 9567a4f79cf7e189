package dev.coffer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which package of the library may know which. A package that is not named here may not exist: add
 * it, and say what it may use.
 */
@AnalyzeClasses(locations = ArchitectureTest.OwnClasses.class)
class ArchitectureTest {
  /** This module's, and none of the test kit's. */
  static final class OwnClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return Set.of(Location.of(Path.of("target", "classes")));
    }
  }

  private static final List<String> BASE = List.of("error", "model", "bytes");

  /** What a document is made of, read and written without a database. */
  private static final List<String> DOCUMENT =
      with(BASE, "archive", "json", "seal", "chunk", "store", "profile");

  private static final List<String> PACKAGES =
      with(
          DOCUMENT,
          "postgres",
          "insight",
          "legacy",
          "inventory",
          "loading",
          "export",
          "progress",
          "backup",
          "verify",
          "compare",
          "restore",
          "proof",
          "retention",
          "browse");

  @ArchTest static final ArchRule ERROR = mayUse("error", List.of());
  @ArchTest static final ArchRule BYTES = mayUse("bytes", List.of("error"));
  @ArchTest static final ArchRule MODEL = mayUse("model", List.of("error"));
  @ArchTest static final ArchRule PROGRESS = mayUse("progress", List.of());
  @ArchTest static final ArchRule STORE = mayUse("store", List.of("error"));
  @ArchTest static final ArchRule POSTGRES = mayUse("postgres", BASE);
  @ArchTest static final ArchRule JSON = mayUse("json", BASE);
  @ArchTest static final ArchRule SEAL = mayUse("seal", BASE);
  @ArchTest static final ArchRule CHUNK = mayUse("chunk", BASE);
  @ArchTest static final ArchRule PROFILE = mayUse("profile", BASE);
  @ArchTest static final ArchRule INSIGHT = mayUse("insight", with(BASE, "profile"));
  @ArchTest static final ArchRule ARCHIVE = mayUse("archive", with(BASE, "json", "seal", "chunk"));
  @ArchTest static final ArchRule LEGACY = mayUse("legacy", with(BASE, "json", "profile", "store"));
  @ArchTest static final ArchRule INVENTORY = mayUse("inventory", with(DOCUMENT, "legacy"));

  @ArchTest
  static final ArchRule VERIFY_SEES_NO_DATABASE =
      mayUse("verify", with(DOCUMENT, "legacy", "progress"));

  @ArchTest
  static final ArchRule BACKUP =
      mayUse("backup", with(DOCUMENT, "postgres", "insight", "progress"));

  @ArchTest static final ArchRule LOADING = mayUse("loading", with(BASE, "json"));

  @ArchTest
  static final ArchRule EXPORT = mayUse("export", with(DOCUMENT, "legacy", "loading", "progress"));

  @ArchTest
  static final ArchRule COMPARE =
      mayUse("compare", with(DOCUMENT, "postgres", "backup", "progress"));

  @ArchTest
  static final ArchRule RESTORE =
      mayUse(
          "restore",
          with(
              DOCUMENT,
              "postgres",
              "compare",
              "backup",
              "verify",
              "legacy",
              "loading",
              "progress"));

  @ArchTest
  static final ArchRule PROOF =
      mayUse(
          "proof",
          with(
              DOCUMENT,
              "postgres",
              "compare",
              "backup",
              "restore",
              "verify",
              "loading",
              "progress"));

  /** What ties rows to each other, and how they are found, {@code restore.record} knows. */
  @ArchTest static final ArchRule BROWSE = mayUse("browse", with(DOCUMENT, "restore", "legacy"));

  @ArchTest static final ArchRule RETENTION = mayUse("retention", BASE);

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.coffer.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NAMED_HERE =
      classes()
          .should()
          .resideInAnyPackage(trees(PACKAGES.toArray(String[]::new)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_POSTGRES_USES_JDBC =
      onlyIn("postgres", resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."));

  @ArchTest
  static final ArchRule ONLY_SEAL_USES_CRYPTO =
      onlyIn(
          "seal",
          resideInAnyPackage("javax.crypto..", "java.security..", "com.exceptionfactory.jagged..")
              .and(not(hashing())));

  @ArchTest
  static final ArchRule HASHES_ARE_MADE_WHERE_BYTES_ARE =
      noClasses()
          .that()
          .resideOutsideOfPackages(trees("bytes", "chunk", "json", "seal"))
          .should()
          .dependOnClassesThat(equivalentTo(MessageDigest.class))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_CHUNK_COMPRESSES =
      onlyIn("chunk", resideInAPackage("com.github.luben.zstd.."));

  @ArchTest
  static final ArchRule NO_FRAMEWORK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "jakarta..", "picocli..")
          .allowEmptyShould(true);

  /** The profile names them; the engine takes any database. */
  @Test
  void theEngineNamesNoTableOfThePortal() throws IOException {
    List<String> names = List.of("smsLogs", "sms_logs", "LeadToSaleLink", "CommunicationLog");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
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

  private static List<String> with(List<String> packages, String... more) {
    return Stream.concat(packages.stream(), Stream.of(more)).toList();
  }

  private static ArchRule mayUse(String user, List<String> used) {
    String[] allowed = with(used, user).toArray(String[]::new);
    DescribedPredicate<JavaClass> otherPackages =
        resideInAPackage("dev.coffer..").and(not(resideInAnyPackage(trees(allowed))));
    return noClasses()
        .that()
        .resideInAPackage(tree(user))
        .should()
        .dependOnClassesThat(otherPackages)
        .as(user + " uses nothing of Coffer but " + String.join(", ", used))
        .allowEmptyShould(true);
  }

  private static ArchRule onlyIn(String user, DescribedPredicate<JavaClass> used) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(tree(user))
        .should()
        .dependOnClassesThat(used)
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> hashing() {
    return equivalentTo(MessageDigest.class)
        .or(equivalentTo(DigestException.class))
        .or(equivalentTo(NoSuchAlgorithmException.class));
  }

  private static String tree(String name) {
    return "dev.coffer." + name + "..";
  }

  private static String[] trees(String... names) {
    return Stream.of(names).map(ArchitectureTest::tree).toArray(String[]::new);
  }
}
