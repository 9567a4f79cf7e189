/** The backup document: header, tables, sealed values, metadata, signature, index. */
@NullMarked
package dev.coffer.archive;

import org.jspecify.annotations.NullMarked;
