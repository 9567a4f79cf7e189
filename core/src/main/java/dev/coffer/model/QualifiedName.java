package dev.coffer.model;

/** A schema-qualified name, as the catalog spells it: neither part is quoted or folded. */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {

  /** The name as SQL, both parts quoted: safe for any legal identifier. */
  public String sql() {
    return Identifiers.quote(schema) + "." + Identifiers.quote(name);
  }

  @Override
  public int compareTo(QualifiedName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  /** The name for people: {@code schema.name}, the schema left out where it is {@code public}. */
  @Override
  public String toString() {
    return schema.equals("public") ? name : schema + "." + name;
  }
}
