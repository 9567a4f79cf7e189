package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;

/** The {@code .meta.json} beside an SQL dump: its members are given as the dump's own. */
final class SqlMetadata {
  private SqlMetadata() {}

  static void read(Path dump, LegacyVisitor visitor) throws IOException {
    String name = String.valueOf(dump.getFileName());
    String stem = name.substring(0, name.length() - ".sql".length());
    for (String candidate : List.of(stem + ".meta.json", name + ".meta.json")) {
      Path file = dump.resolveSibling(candidate);
      if (Files.isRegularFile(file)) {
        Map<String, Object> members = JsonTree.map(tree(file));
        members.forEach(visitor::member);
        if (!members.containsKey("metadata")) {
          visitor.member("metadata", members);
        }
        return;
      }
    }
  }

  private static Object tree(Path file) throws IOException {
    LegacyDamage damage =
        new LegacyDamage(
            Finding.Code.METADATA_DAMAGED,
            "" + file.getFileName(),
            "The file beside the dump that describes it is not valid JSON");
    try (InputStream source = Files.newInputStream(file);
        JsonParser parser = LegacyJson.parser(source)) {
      if (parser.nextToken() == null) {
        throw damage;
      }
      return new JsonTree(parser, () -> damage).value();
    } catch (JacksonIOException failure) {
      throw failure;
    } catch (JacksonException malformed) {
      throw damage;
    }
  }
}
