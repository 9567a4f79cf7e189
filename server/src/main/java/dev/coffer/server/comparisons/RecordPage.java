package dev.coffer.server.comparisons;

import java.util.List;

/**
 * Some of the records of a table that differ.
 *
 * @param total how many fit, on all pages
 * @param page from 1
 */
record RecordPage(List<RecordChange> items, long total, long page, long pages) {
  RecordPage {
    items = List.copyOf(items);
  }
}
