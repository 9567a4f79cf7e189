package dev.coffer.profile;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A place in a YAML file that is asked for a value of one shape, and refuses any other with its
 * line.
 *
 * @param what the place in words, for messages: {@code 'tables'}
 */
record YamlNode(String source, String what, Node node) {

  boolean isText() {
    return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  String text() {
    if (node instanceof ScalarNode scalar && isText() && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong("must be a text", "Write one word or a text in quotes.");
  }

  int number(int least, int most) {
    String digits = text();
    if (digits.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw wrong("must be a whole number", "Allowed here: " + least + " to " + most + ".");
  }

  /** A list with at least one entry, none of them twice. */
  List<YamlNode> list() {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw wrong("must be a list with at least one entry", "Write [one, two].");
    }
    List<YamlNode> entries = new ArrayList<>();
    sequence.getValue().forEach(entry -> entries.add(new YamlNode(source, what, entry)));
    return entries;
  }

  Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    for (YamlNode entry : list()) {
      if (!texts.add(entry.text())) {
        throw entry.wrong("names '" + entry.text() + "' twice", "Once is enough.");
      }
    }
    return texts;
  }

  /** A mapping with at least one entry, none of them twice. */
  SequencedMap<String, YamlNode> mapping() {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      throw wrong("must be a mapping with at least one entry", "Write 'name: value' lines.");
    }
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      YamlNode key = new YamlNode(source, "a key in " + what, entry.getKeyNode());
      String name = key.text();
      YamlNode value = new YamlNode(source, "'" + name + "'", entry.getValueNode());
      if (entries.put(name, value) != null) {
        throw key.wrong("is '" + name + "' for the second time", "Keep one of the two.");
      }
    }
    return entries;
  }

  /** A mapping that knows only the keys in {@code allowed}. */
  YamlFields fields(List<String> allowed) {
    SequencedMap<String, YamlNode> entries = mapping();
    entries.forEach((key, value) -> {
      if (!allowed.contains(key)) {
        throw value.wrong(
            "is not known in " + what, "Allowed here: " + String.join(", ", allowed) + ".");
      }
    });
    return new YamlFields(this, entries);
  }

  CofferException wrong(String problem, String hint) {
    String line = node.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
    return new CofferException(
        ErrorCode.PROFILE_INVALID, source + line + ": " + what + " " + problem, hint);
  }
}
