package dev.coffer.server.access;

import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who may sign in, for programs. */
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "Access", description = "Users and tokens")
class UsersApi {
  private final Accounts accounts;
  private final Users users;

  UsersApi(Accounts accounts, Users users) {
    this.accounts = accounts;
    this.users = users;
  }

  /**
   * A user. Never the password.
   *
   * @param mustChange whether the password has to be replaced at the next sign-in
   */
  record UserAnswer(
      @Schema(example = "7") long id,
      @Schema(example = "ann@portal.example") String name,
      Role role,
      boolean enabled,
      boolean mustChange,
      Instant createdAt,
      Optional<Instant> lastSignIn) {
    private static UserAnswer of(Account account) {
      return new UserAnswer(
          account.id(),
          account.name(),
          account.role(),
          account.enabled(),
          account.mustChange(),
          account.createdAt(),
          account.lastSignIn());
    }
  }

  /** A user and the new password, which is shown once. */
  record WelcomeAnswer(
      UserAnswer user, @Schema(example = "ffs5p-bkkxz-824rg-rjbfs-aw8yq") String password) {
    private static WelcomeAnswer of(Users.Welcome welcome) {
      return new WelcomeAnswer(UserAnswer.of(welcome.account()), welcome.password());
    }
  }

  /** A user to be. */
  record NewUser(
      @Schema(example = "ann@portal.example") @Nullable String name, @Nullable Role role) {}

  /** What a user may do. */
  record Access(@Nullable Role role, @Nullable Boolean enabled) {}

  @GetMapping
  @Operation(operationId = "listUsers", summary = "Who may sign in, by name")
  ListAnswer<UserAnswer> list(
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    return ListAnswer.cut(accounts.all(), new ListAnswer.Part(page, size), UserAnswer::of);
  }

  @PostMapping
  @Operation(operationId = "createUser", summary = "Adds a user; the password is shown once")
  @ApiResponse(responseCode = "201", description = "The user and the password")
  @ApiResponse(responseCode = "409", description = "The name is taken")
  ResponseEntity<WelcomeAnswer> create(@RequestBody NewUser wanted, Caller caller) {
    Users.Welcome welcome =
        users.create(
            Objects.requireNonNullElse(wanted.name(), ""), required(wanted.role()), caller.actor());
    return ResponseEntity.created(URI.create("/api/v1/users/" + welcome.account().id()))
        .body(WelcomeAnswer.of(welcome));
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getUser", summary = "One user")
  UserAnswer one(@PathVariable long id) {
    return UserAnswer.of(users.known(id));
  }

  @PutMapping("/{id}")
  @Operation(
      operationId = "changeUser",
      summary = "Changes what a user may do, and ends the user's sessions")
  @ApiResponse(responseCode = "200", description = "The user")
  @ApiResponse(responseCode = "409", description = "It is the last admin")
  UserAnswer change(@PathVariable long id, @RequestBody Access wanted, Caller caller) {
    if (wanted.enabled() == null) {
      throw Refused.invalid("the field enabled lacks", "Send true or false.");
    }
    return UserAnswer.of(
        users.setAccess(id, required(wanted.role()), wanted.enabled(), caller.actor()));
  }

  @PostMapping("/{id}/password")
  @Operation(
      operationId = "renewPassword",
      summary =
          "Gives a user a new password, which is shown once and ends the user's sessions and"
              + " tokens")
  WelcomeAnswer password(@PathVariable long id, Caller caller) {
    return WelcomeAnswer.of(users.renewPassword(id, caller.actor()));
  }

  private static Role required(@Nullable Role role) {
    if (role == null) {
      throw Refused.invalid("the field role lacks", "Send ADMIN, OPERATOR or AUDITOR.");
    }
    return role;
  }
}
