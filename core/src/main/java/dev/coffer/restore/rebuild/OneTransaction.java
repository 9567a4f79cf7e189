package dev.coffer.restore.rebuild;

import dev.coffer.loading.SequenceSql;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.EmptyTarget;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.postgres.write.TargetSession.Into;
import java.util.List;

/** Rebuilds on one connection and in one transaction: all of it, or nothing. */
final class OneTransaction {
  private static final int DECODERS = 2;

  private final Source source;
  private final TargetSession session;

  OneTransaction(Source source, TargetSession session) {
    this.source = source;
    this.session = session;
  }

  /** Answers what the server lacked a role for. */
  List<String> run(LastCommit end) throws InterruptedException {
    StatementRunner runner = begin();
    source.progress().stage("loading rows");
    load();
    source.totals().require(source.backup());
    for (SequenceState sequence : source.header().schema().sequences()) {
      session.execute(SequenceSql.setting(sequence), "cannot set SEQUENCE " + sequence.name());
    }
    source.progress().stage("building indexes and constraints");
    for (SchemaStatement statement : source.statements(Section.POST_DATA)) {
      runner.run(session, statement);
    }
    end.run(session);
    return runner.leftOut();
  }

  /** Makes the tables, and goes no further: all is to be rolled back. */
  void rehearse() {
    var _ = begin();
  }

  private StatementRunner begin() {
    session.begin();
    StatementRunner runner = new StatementRunner(EmptyTarget.require(session, source.header()));
    source.progress().stage("creating the structure");
    for (SchemaStatement statement : source.statements(Section.PRE_DATA)) {
      runner.run(session, statement);
    }
    ClosedColumns.require(source, session);
    return runner;
  }

  private void load() throws InterruptedException {
    List<Table> tables = source.tables();
    List<DecodedChunk.Piece> pieces =
        tables.stream().flatMap(table -> source.pieces(table).stream()).toList();
    CopyFormats formats = CopyFormats.of(source, session);
    try (ChunkFeed feed =
        new ChunkFeed(source.backup(), pieces, formats, DECODERS, Memory.readAhead(1))) {
      TableLoader loader = new TableLoader(session, feed, formats, source.totals());
      for (Table table : tables) {
        source.progress().table(table.logicalName(), source.rows(table));
        loader.load(table, source.backup().chunks(table).size(), Into.FRESH);
      }
    }
  }
}
