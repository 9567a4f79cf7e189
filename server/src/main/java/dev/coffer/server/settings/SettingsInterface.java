package dev.coffer.server.settings;

import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.postgres.write.PrivilegeCheck;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.Caller;
import dev.coffer.server.keys.KeyTest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is protected and how, for programs. */
@RestController
@RequestMapping("/api/v1/settings")
@Tag(name = "Settings", description = "What is protected, how it connects, and by which keys.")
class SettingsInterface {
  private final SettingsParts parts;

  SettingsInterface(SettingsParts parts) {
    this.parts = parts;
  }

  record Answer(
      List<ProtectedDatabase> databases,
      StorageAnswer storage,
      KeysAnswer keys,
      @Schema(description = "The server for trials; null: one of Coffer's own, for the while")
          Optional<String> proofServer) {}

  record StorageAnswer(
      String folder,
      @Schema(description = "Bytes; null where the folder cannot be read") Optional<Long> free,
      Optional<Long> total,
      List<Storage.Kind> kinds,
      long other) {}

  record KeysAnswer(
      String home,
      List<HolderAnswer> recipients,
      @Schema(description = "Whether the secret key still lies on this machine") boolean secretHere,
      List<Keys.Signer> signers,
      Optional<String> problem) {}

  record HolderAnswer(
      @Schema(example = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
          String recipient,
      Optional<Instant> testedAt,
      Optional<String> testedBy,
      @Schema(description = "Never tested, or not for 90 days") boolean due) {}

  record CheckRequest(@Schema(example = "db.internal:5432/portal") Optional<String> database) {}

  record PrivilegesAnswer(List<Check> items, Optional<ProofServerCheck> proofServer) {}

  @Schema(description = "The server for trials, where one is set")
  record ProofServerCheck(
      Instant checkedAt,
      boolean reachable,
      @Schema(example = "17.5") Optional<String> serverVersion,
      @Schema(example = "prover") Optional<String> role,
      @Schema(description = "Whether the role may make the databases of trials (CREATEDB)")
          Optional<Boolean> createsDatabases,
      Optional<String> problem,
      String hint) {
    static ProofServerCheck of(DatabaseState state) {
      Optional<PrivilegeCheck> known = state.privileges();
      return new ProofServerCheck(
          state.at(),
          known.isPresent(),
          known.map(one -> one.version().text()),
          known.map(PrivilegeCheck::role),
          known.map(PrivilegeCheck::createsDatabases),
          state.problem(),
          state.hint());
    }
  }

  record Check(
      String database,
      Instant checkedAt,
      boolean reachable,
      @Schema(example = "17.5") Optional<String> serverVersion,
      Optional<String> role,
      Optional<Boolean> superuser,
      @Schema(example = "TLSv1.3, TLS_AES_256_GCM_SHA384") Optional<String> encryption,
      Optional<Missing> backup,
      Optional<Missing> restore,
      Optional<String> problem,
      String hint) {}

  record Missing(
      @Schema(example = "[\"table \\\"public\\\".\\\"sales\\\": no SELECT\"]")
          List<String> problems,
      @Schema(example = "[\"GRANT pg_read_all_data TO coffer;\"]") List<String> remedies) {
    static Missing of(MissingPrivileges missing) {
      return new Missing(missing.problems(), missing.remedies());
    }
  }

  record PortalSignInRequest(
      @Schema(example = "db.internal:5432/portal") String database, boolean on) {}

  @GetMapping
  @Operation(summary = "What is protected and how; never a password")
  Answer settings() {
    Storage folder = parts.storage().look();
    Keys known = parts.keys().look();
    return new Answer(
        parts.protectedDatabases(),
        new StorageAnswer(
            folder.folder(),
            boxed(folder.free()),
            boxed(folder.total()),
            folder.kinds(),
            folder.other()),
        new KeysAnswer(
            known.home(),
            known.recipients().stream().map(SettingsInterface::answer).toList(),
            known.secretHere().isPresent(),
            known.signers(),
            known.problem()),
        parts.settings().proofServer().map(String::valueOf));
  }

  @PostMapping("/check")
  @Operation(
      summary = "Asks the protected databases what their roles may not do, and what mends it")
  PrivilegesAnswer check(@RequestBody CheckRequest request) {
    List<String> ids =
        request
            .database()
            .map(List::of)
            .orElseGet(
                () -> parts.settings().databases().stream().map(ServerSettings::idOf).toList());
    return new PrivilegesAnswer(
        ids.stream().map(id -> check(id, parts.databases().look(id))).toList(),
        parts.databases().trials().map(ProofServerCheck::of));
  }

  @PostMapping("/portal-sign-in")
  @Operation(summary = "Lets the portal's own admins sign in, or no longer")
  ProtectedDatabase portalSignIn(@RequestBody PortalSignInRequest request, Caller caller) {
    parts.portalSwitch().set(request.database(), request.on(), caller.actor());
    return ProtectedDatabase.of(
        parts.databases().database(request.database()), parts.portalSignIn().databases());
  }

  private static Check check(String id, DatabaseState state) {
    Optional<PrivilegeCheck> known = state.privileges();
    return new Check(
        id,
        state.at(),
        known.isPresent(),
        known.map(one -> one.version().text()),
        known.map(PrivilegeCheck::role),
        known.map(PrivilegeCheck::superuser),
        known.flatMap(PrivilegeCheck::encryption),
        known.map(one -> Missing.of(one.forBackup())),
        known.map(one -> Missing.of(one.forRestore())),
        state.problem(),
        state.hint());
  }

  private static HolderAnswer answer(Keys.Holder holder) {
    return new HolderAnswer(
        holder.recipient(),
        holder.test().map(KeyTest::at),
        holder.test().map(KeyTest::actor),
        holder.due());
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }
}
