package dev.coffer.portal.sample;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Account names, sort codes and account numbers of valid shape, none of which looks made up. */
final class BankDetails {
  private static final List<String> BANKS =
      List.of(
          "04", "07", "08", "09", "11", "16", "20", "23", "30", "40", "52", "60", "77", "80", "83");
  private static final int LONGEST_RUN = 4;

  private BankDetails() {}

  /** The customer as a bank writes them. */
  static String accountName(Customer customer, Dice dice) {
    String last = customer.lastName();
    @Nullable String title = customer.title();
    return switch (dice.weighted(5, 3, 2)) {
      case 0 -> customer.fullName();
      case 1 ->
          ((title == null ? "" : title + " ") + customer.firstName().charAt(0) + " " + last)
              .toUpperCase(Locale.ROOT);
      default -> customer.firstName().charAt(0) + ". " + last;
    };
  }

  static String sortCode(Dice dice) {
    String bank = dice.pick(BANKS);
    int branch = 10 + dice.below(80);
    int office = 10 + dice.below(80);
    return bank + "-" + (bank.equals(String.valueOf(branch)) ? branch + 1 : branch) + "-" + office;
  }

  static String accountNumber(Dice dice) {
    while (true) {
      String number = String.valueOf(100_000_000 + dice.below(100_000_000)).substring(1);
      if (!looksMadeUp(number)) {
        return number;
      }
    }
  }

  /** Whether more than four digits in a row are the same, or count up or down by one. */
  private static boolean looksMadeUp(String number) {
    int run = 1;
    for (int i = 1; i < number.length(); i++) {
      int step = number.charAt(i) - number.charAt(i - 1);
      boolean continues =
          Math.abs(step) <= 1 && (run == 1 || step == number.charAt(i - 1) - number.charAt(i - 2));
      run = continues ? run + 1 : Math.abs(step) <= 1 ? 2 : 1;
      if (run > LONGEST_RUN) {
        return true;
      }
    }
    return false;
  }
}
