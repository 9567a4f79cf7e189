package dev.coffer.profile;

import java.util.Optional;
import java.util.SequencedMap;

/** The entries of a YAML mapping whose keys are laid down. */
record YamlFields(YamlNode place, SequencedMap<String, YamlNode> entries) {

  YamlNode get(String key) {
    return find(key).orElseThrow(() -> place.wrong("lacks '" + key + "'", "It is required here."));
  }

  Optional<YamlNode> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }
}
