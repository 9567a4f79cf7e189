/** Real PostgreSQL servers, stores and sources that lie, golden files, seeded generators. */
@NullMarked
package dev.coffer.testkit;

import org.jspecify.annotations.NullMarked;
