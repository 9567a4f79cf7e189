package dev.coffer.portal.sample;

import org.jspecify.annotations.Nullable;

/**
 * A made-up person as a sale or a lead describes them; {@code phoneDigits} is {@code 447700900xxx}.
 */
record Customer(
    @Nullable String title,
    String firstName,
    String lastName,
    String email,
    String phone,
    String phoneDigits,
    @Nullable String street,
    @Nullable String town,
    @Nullable String county,
    @Nullable String postcode) {

  String fullName() {
    return firstName + " " + lastName;
  }
}
