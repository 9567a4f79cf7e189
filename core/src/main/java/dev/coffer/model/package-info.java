/** What a database and a backup consist of: tables, columns, keys, header, metadata, findings. */
@NullMarked
package dev.coffer.model;

import org.jspecify.annotations.NullMarked;
