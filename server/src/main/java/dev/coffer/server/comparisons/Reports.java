package dev.coffer.server.comparisons;

import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.compare.Summary;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;

/** Makes reports of results. */
final class Reports {
  private Reports() {}

  static Report of(OpenSide before, OpenSide after, ComparisonResult result) {
    Profile profile =
        Profiles.choose(PortalProfiles.all(), after.backup().header().schema().tables());
    ChangeLog.Counts counts = result.counts();
    return new Report(
        side(before),
        side(after),
        Summary.of(result, profile),
        result.same(),
        counts.added(),
        counts.removed(),
        counts.changed(),
        result.tables().stream().map(Reports::table).toList(),
        result.oneSided().stream()
            .map(table ->
                new Report.OneSidedTable(table.logicalName(), table.side().name(), table.rows()))
            .toList(),
        result.structure().stream()
            .map(difference ->
                new Report.StructureReport(
                    difference.difference().name(), difference.kind(), difference.name()))
            .toList(),
        result.notes());
  }

  private static Report.ComparedSide side(OpenSide side) {
    return new Report.ComparedSide(
        side.name(), side.backup().header().timestamp(), side.live(), side.fidelity().isPresent());
  }

  private static Report.TableReport table(TableResult table) {
    return new Report.TableReport(
        table.pair().after().logicalName(),
        table.rowsBefore(),
        table.rowsAfter(),
        table.counts().added(),
        table.counts().removed(),
        table.counts().changed(),
        table.columns(),
        table.sealedChanged(),
        table.secrets().name(),
        table.pair().key(),
        table.schema().stream()
            .map(difference ->
                new Report.SchemaReport(
                    difference.kind().name(), difference.column().orElse(""), difference.text()))
            .toList());
  }
}
