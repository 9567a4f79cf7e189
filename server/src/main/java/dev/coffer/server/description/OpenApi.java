package dev.coffer.server.description;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the description of the interface, which a test makes from the code: what makes it would
 * slow the start down, and is not part of the server.
 */
@RestController
@Tag(name = "Description", description = "This description")
class OpenApi {
  private static final Resource DESCRIPTION =
      new ClassPathResource("dev/coffer/server/openapi.json");

  @GetMapping(value = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  @SecurityRequirements
  @Operation(operationId = "getDescription", summary = "This description, as OpenAPI 3.1")
  @ApiResponse(
      responseCode = "200",
      description = "The description",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  Resource description() {
    return DESCRIPTION;
  }
}
