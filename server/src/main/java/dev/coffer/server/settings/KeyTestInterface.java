package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.Caller;
import dev.coffer.server.keys.Challenge;
import dev.coffer.server.keys.KeyChallenges;
import dev.coffer.server.keys.KeyTest;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The test that somebody still holds a key, for programs: the key itself never comes here. */
@RestController
@RequestMapping("/api/v1/settings/key-tests")
@Tag(name = "Settings")
class KeyTestInterface {
  private final KeyChallenges challenges;

  KeyTestInterface(KeyChallenges challenges) {
    this.challenges = challenges;
  }

  record Begin(
      @Schema(example = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
          Optional<String> recipient) {}

  record Begun(
      String id,
      String recipient,
      @Schema(description = "For: age -d -i identity.txt") String challenge,
      Instant expiresAt) {
    static Begun of(Challenge challenge) {
      return new Begun(
          challenge.id(), challenge.recipient(), challenge.text(), challenge.expiresAt());
    }
  }

  record Given(@Schema(example = "k7m2q-3xy8p-…") @Nullable String answer) {}

  record Passed(String recipient, Instant testedAt, String testedBy) {}

  @PostMapping
  @Operation(summary = "Begins a test: a text that only the holder of the key can decrypt")
  @ApiResponse(responseCode = "201", description = "The test")
  ResponseEntity<Begun> begin(@RequestBody Begin request, Caller caller) {
    Challenge made = challenges.create(request.recipient().orElse(""), caller.actor());
    return ResponseEntity.created(URI.create("/api/v1/settings/key-tests/" + made.id()))
        .body(Begun.of(made));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A test that waits for its answer")
  Begun get(@PathVariable String id) {
    return challenges
        .find(id)
        .map(Begun::of)
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.RECORD_NOT_FOUND,
                "this test is over: it was answered, or it has expired",
                "Begin a new one."));
  }

  @PostMapping("/{id}/answer")
  @Operation(summary = "Brings what the holder decrypted")
  Passed answer(@PathVariable String id, @RequestBody Given request, Caller caller) {
    KeyTest test =
        challenges.answer(id, Objects.requireNonNullElse(request.answer(), ""), caller.actor());
    return new Passed(test.recipient(), test.at(), test.actor());
  }
}
