package dev.coffer.profile;

import dev.coffer.model.QualifiedName;

/** A column by the catalog's names. */
public record ColumnName(QualifiedName table, String column) {}
