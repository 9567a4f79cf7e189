package dev.coffer.profile;

import java.util.Optional;

/**
 * What a table's rows are called in a sentence.
 *
 * @param one {@code customer}
 * @param many {@code customers}
 * @param sealed its sealed values, in the plural: {@code bank details}
 */
public record TableWords(String one, String many, Optional<String> sealed) {

  /** {@code 1 customer}, {@code 14 customers}, the number as the caller writes it. */
  public String count(long number, String written) {
    return written + " " + (number == 1 ? one : many);
  }
}
