package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A backup, verified, and its document as any JSON library reads it. */
record Taken(BackupResult result, JsonNode document) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static Taken read(BackupResult result, KeyHome keys) {
    requireSound(result.file(), keys);
    try (InputStream text = text(result.file())) {
      return new Taken(result, MAPPER.readTree(text));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void requireSound(Path file, KeyHome keys) {
    VerificationReport report =
        Verifier.verify(
            file, new VerifyOptions(List.of(), keys.trustedSigners(), 2), Progress.SILENT);
    assertThat(report.findings()).isEmpty();
  }

  /** The document's text, by the compressor's own reader. */
  static InputStream text(Path file) throws IOException {
    InputStream stored = Files.newInputStream(file);
    return file.toString().endsWith(".zst") ? new ZstdInputStream(stored) : stored;
  }

  List<String> tables() {
    return List.copyOf(document.get("tables").propertyNames());
  }

  List<JsonNode> rows(String table) {
    List<JsonNode> rows = new ArrayList<>();
    document.get("tables").get(table).forEach(rows::add);
    return rows;
  }

  long sum(String table, String key) {
    return rows(table).stream().mapToLong(row -> row.get(key).longValue()).sum();
  }

  JsonNode metadata() {
    return document.get("metadata");
  }

  /** The hash of a table's rows, whatever their order. */
  String hash(String table) {
    return metadata().get("dataIntegrityHashes").get(table).stringValue();
  }

  /** The hashes of a table's chunks, in order. */
  List<String> chunks(String table) {
    List<String> hashes = new ArrayList<>();
    metadata()
        .get("hashes")
        .get("chunks")
        .forEach(chunk -> {
          if (chunk.has("table") && chunk.get("table").stringValue().equals(table)) {
            hashes.add(chunk.get("sha256").stringValue());
          }
        });
    return hashes;
  }

  /** What was left out, as {@code KIND name}. */
  List<String> excluded() {
    List<String> excluded = new ArrayList<>();
    metadata()
        .get("excluded")
        .forEach(left ->
            excluded.add(left.get("kind").stringValue() + " " + left.get("name").stringValue()));
    return excluded;
  }
}
