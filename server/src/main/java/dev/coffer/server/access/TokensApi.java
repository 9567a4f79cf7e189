package dev.coffer.server.access;

import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Programs' ways in, for programs. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Access")
class TokensApi {
  private static final int USUAL_DAYS = 90;

  private final Tokens tokens;
  private final Programs programs;

  TokensApi(Tokens tokens, Programs programs) {
    this.tokens = tokens;
    this.programs = programs;
  }

  /**
   * A token without its secret.
   *
   * @param account that made it
   */
  record TokenAnswer(
      @Schema(example = "0a1b2c3d4e5f") String id,
      @Schema(example = "portal") String name,
      @Schema(example = "admin") String account,
      Scope scope,
      Instant createdAt,
      Instant expiresAt,
      Optional<Instant> lastUsed) {
    private static TokenAnswer of(Token token) {
      return new TokenAnswer(
          token.id(),
          token.name(),
          token.account(),
          token.scope(),
          token.createdAt(),
          token.expiresAt(),
          token.lastUsed());
    }
  }

  /** A new token and its text, which is shown once. */
  record MadeAnswer(
      TokenAnswer token, @Schema(example = "coffer_0a1b2c3d4e5f_Zm9v…") String text) {}

  /** A token to be. */
  record NewToken(
      @Schema(description = "Which program it is for", example = "portal") @Nullable String name,
      @Nullable Scope scope,
      @Schema(description = "How long it lasts: 1 to 366, and 90 unless you say", example = "90")
          @Nullable Integer days) {}

  @GetMapping
  @Operation(operationId = "listTokens", summary = "The tokens without their secrets")
  ListAnswer<TokenAnswer> list(
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    return ListAnswer.cut(tokens.all(), new ListAnswer.Part(page, size), TokenAnswer::of);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "createToken", summary = "Makes a token, which is shown once")
  @ApiResponse(responseCode = "201", description = "The token and its text")
  MadeAnswer create(@RequestBody NewToken wanted, Caller caller) {
    Scope scope = wanted.scope();
    if (scope == null) {
      throw Refused.invalid(
          "the field scope lacks", "Send READ, CREATE, EXPORT, RESTORE or EVERYTHING.");
    }
    Tokens.Made made =
        programs.create(
            Objects.requireNonNullElse(wanted.name(), ""),
            scope,
            Objects.requireNonNullElse(wanted.days(), USUAL_DAYS),
            caller);
    return new MadeAnswer(TokenAnswer.of(made.token()), made.text());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "revokeToken", summary = "Revokes a token at once")
  @ApiResponse(responseCode = "204", description = "It is good for nothing any more")
  void revoke(@PathVariable String id, Caller caller) {
    if (programs.revoke(id, caller.actor()).isEmpty()) {
      throw Refused.missing("there is no token of that id");
    }
  }
}
