package dev.coffer.portal.sample;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Turns phrases into the texts of one customer. */
final class Wording {
  private final String first;
  private final String price;
  private final String day;
  private final String plan;

  private Wording(String first, String price, String day, String plan) {
    this.first = first;
    this.price = price;
    this.day = day;
    this.plan = plan;
  }

  static Wording about(String first, long pence, long day, int plan) {
    LocalDate date = LocalDate.ofEpochDay(day / Calendar.DAY);
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.UK);
    return new Wording(
        first, pounds(pence), date.getDayOfMonth() + " " + month, "HHC-" + (100_000 + plan));
  }

  String fill(String phrase) {
    StringBuilder text = new StringBuilder(phrase.length() + 32);
    int from = 0;
    for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
      int close = phrase.indexOf('}', open);
      text.append(phrase, from, open).append(value(phrase.substring(open + 1, close)));
      from = close + 1;
    }
    return text.append(phrase, from, phrase.length()).toString();
  }

  /** One to three different phrases, joined by a space or by a line break of either kind. */
  String several(List<String> phrases, Dice dice) {
    int number = dice.below(phrases.size());
    int step = 1 + dice.below(phrases.size() / 3);
    StringBuilder text = new StringBuilder(fill(phrases.get(number)));
    for (int more = dice.weighted(5, 3, 2); more > 0; more--) {
      text.append(
          switch (dice.below(5)) {
            case 0, 1 -> "\n";
            case 2 -> "\r\n";
            default -> " ";
          });
      number = (number + step) % phrases.size();
      text.append(fill(phrases.get(number)));
    }
    return text.toString();
  }

  static String pounds(long pence) {
    long odd = pence % 100;
    return pence / 100 + (odd < 10 ? ".0" : ".") + odd;
  }

  private String value(String name) {
    return switch (name) {
      case "first" -> first;
      case "price" -> price;
      case "day" -> day;
      case "plan" -> plan;
      default -> throw new IllegalArgumentException("A phrase asks for " + name + ".");
    };
  }
}
