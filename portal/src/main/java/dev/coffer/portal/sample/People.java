package dev.coffer.portal.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes customers up. Telephone numbers come from the range that Ofcom reserves for drama (07700
 * 900000 to 900999) and e-mail addresses lie under the reserved top-level domain {@code .example}
 * (RFC 2606), so that nobody real is ever written to.
 */
final class People {
  private static final List<String> MAIL_DOMAINS =
      List.of(
          "mailbox.example",
          "homepost.example",
          "northmail.example",
          "inbox.example",
          "broadband.example",
          "postbag.co.example");
  private static final String POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
  private static final int TESTA = 3;
  private static final int PLACEHOLDER_WAY = 5;

  private People() {}

  /**
   * The customer of this index. Two of them, in every sample, bear names that a careless rule takes
   * for test data: a family called Testa and a house in Placeholder Way.
   */
  static Customer at(long seed, Stream stream, int index) {
    Dice dice = new Dice(seed, stream, index);
    boolean female = dice.chance(0.52);
    String first = dice.pick(female ? Names.FEMALE : Names.MALE);
    String last = index == TESTA ? "Testa" : dice.pick(Names.SURNAMES);
    String digits = "900" + String.valueOf(1_000 + dice.below(1_000)).substring(1);
    String email = email(first, last, dice);
    String title = title(female, dice);
    if (dice.chance(0.03) && index != PLACEHOLDER_WAY) {
      return new Customer(
          title,
          first,
          last,
          email,
          phone(digits, dice),
          "447700" + digits,
          null,
          null,
          null,
          null);
    }
    Places.Town town = dice.pick(Places.TOWNS);
    String street = index == PLACEHOLDER_WAY ? "12 Placeholder Way" : street(dice);
    String county = dice.chance(0.85) ? town.county() : null;
    return new Customer(
        title,
        first,
        last,
        email,
        phone(digits, dice),
        "447700" + digits,
        street,
        town.name(),
        county,
        postcode(town, dice));
  }

  private static @Nullable String title(boolean female, Dice dice) {
    if (dice.chance(0.08)) {
      return null;
    }
    if (dice.chance(0.03)) {
      return dice.chance(0.7) ? "Dr" : "Rev'd";
    }
    return female ? List.of("Mrs", "Miss", "Ms").get(dice.weighted(5, 2, 3)) : "Mr";
  }

  private static String email(String first, String last, Dice dice) {
    String given = Names.forMail(first);
    String family = Names.forMail(last);
    String local =
        switch (dice.below(4)) {
          case 0 -> given + "." + family;
          case 1 -> given.charAt(0) + family + (1940 + dice.below(68));
          case 2 -> family + "." + given;
          default -> given + family;
        };
    return local + (2 + dice.below(96)) + "@" + dice.pick(MAIL_DOMAINS);
  }

  private static String phone(String digits, Dice dice) {
    return switch (dice.weighted(45, 25, 20, 5, 5)) {
      case 0 -> "07700" + digits;
      case 1 -> "07700 " + digits;
      case 2 -> "+44 7700 " + digits;
      case 3 -> "+447700" + digits;
      default -> "07700 " + digits.substring(0, 3) + " " + digits.substring(3);
    };
  }

  private static String street(Dice dice) {
    String street = dice.pick(Places.STREETS);
    if (dice.chance(0.06)) {
      return dice.pick(Places.HOUSES) + ", " + street;
    }
    return (1 + dice.below(180)) + (dice.chance(0.05) ? "a " : " ") + street;
  }

  private static String postcode(Places.Town town, Dice dice) {
    return town.area()
        + (1 + dice.below(town.districts()))
        + " "
        + (1 + dice.below(9))
        + dice.characters(2, POSTCODE_LETTERS);
  }
}
