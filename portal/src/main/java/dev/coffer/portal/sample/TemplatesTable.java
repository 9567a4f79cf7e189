package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** {@code document_templates}: HTML letters in several versions, the newest of each type active. */
record TemplatesTable(Population population) implements SampleTable {
  private static final String HTML =
      """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
        <meta charset="utf-8">
        <title>{{title}} – Harbour Home Cover</title>
        <style>
          body { font-family: 'Helvetica Neue', Arial, sans-serif; font-size: 11pt; color: #223; }
          table.cover td { border-bottom: 1px solid #ccd; padding: 4px 8px; }
          .total { font-weight: bold; text-align: right; }
          .small::after { content: "\\00a0\\2022"; }
        </style>
      </head>
      <body>
        <p>{{customer.title}} {{customer.firstName}} {{customer.lastName}}<br>
        {{customer.street}}<br>{{customer.city}}<br>{{customer.postcode}}</p>
        <h1>{{title}}</h1>
        <p>Dear {{customer.salutation}},</p>
        <p>{{opening}}</p>
        <table class="cover">
          {{#each appliances}}<tr><td>{{this.name}}</td><td>up to £{{this.limit}}</td><td>£{{this.cost}}</td></tr>
          {{/each}}
          <tr><td colspan="2" class="total">Each month by Direct Debit</td><td>£{{plan.total}}</td></tr>
        </table>
        <p>Your first payment is due on {{plan.firstPayment}}. Payments are protected by the Direct Debit
        Guarantee; nothing is taken that we haven't told you of.</p>
        <p>Yours sincerely,<br><em>The Harbour team</em> &mdash; 01632&nbsp;960123</p>
        <p class="small">Version {{version}}. Cover is subject to the terms &amp; conditions overleaf.</p>
      </body>
      </html>
      """;
  private static final List<String> OPENINGS =
      List.of(
          "Thank you for choosing us. This letter confirms what your plan covers.",
          "You've set up a Direct Debit with us. Please check that these details are right.",
          "Below is the schedule of your cover; keep it with your terms.",
          "We're sorry that you're leaving. Your cover ends on {{plan.endDate}}.",
          "It's nearly a year since you joined \u2013 here is what happens next.");

  @Override
  public String name() {
    return "document_templates";
  }

  static String id(Population population, int template) {
    return Cuid.of(population.seed, Stream.TEMPLATE, template, time(population, template));
  }

  private static long time(Population population, int template) {
    long step = 170 * Calendar.DAY;
    long version = template / Settings.TEMPLATE_TYPES.size();
    return population.calendar.begin()
        - 20 * Calendar.DAY
        + template * Calendar.HOUR
        + Math.min(version * step, 900 * Calendar.DAY);
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    int types = Settings.TEMPLATE_TYPES.size();
    int templates = population.counts.templates();
    for (int template = 0; template < templates; template++) {
      Dice dice = new Dice(population.seed, Stream.TEMPLATE, template);
      String type = Settings.TEMPLATE_TYPES.get(template % types);
      int version = template / types + 1;
      String title =
          type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1).replace('_', ' ');
      long createdAt = time(population, template);
      rows.text(id(population, template))
          .text(title)
          .text(
              version == 1 ? null : "Reworded after the review; replaces version " + (version - 1))
          .text(type)
          .text(
              HTML.replace("{{opening}}", OPENINGS.get(template % types))
                  .replace("{{version}}", String.valueOf(version)))
          .flag(template + types >= templates)
          .number(version)
          .time(createdAt)
          .time(population.calendar.after(createdAt, dice, 60 * Calendar.DAY))
          .text(population.userId(template % 2))
          .endRow();
    }
  }
}
