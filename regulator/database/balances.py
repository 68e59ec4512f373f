"""Balances that follow postings: the trigger of `fees_posting`, for both databases.

Every inserted posting moves the running balance of its two accounts and the turnover of its month,
in the same statement, whoever inserts it. On PostgreSQL once a statement, its accounts locked in id
order, so that a run of many thousand postings costs little; on SQLite row by row. SQLite's
`INSERT OR IGNORE` would swallow a broken check inside a trigger, hence the explicit ABORT.
"""

from __future__ import annotations

TABLE = "fees_posting"

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION fees_apply_postings() RETURNS trigger AS $$
BEGIN
  PERFORM 1 FROM fees_ledgeraccount a
    WHERE a.id IN (SELECT debit_id FROM added UNION SELECT credit_id FROM added)
    ORDER BY a.id FOR NO KEY UPDATE;
  UPDATE fees_ledgeraccount a SET balance_fen = a.balance_fen + a.side * s.moved
    FROM (SELECT m.account_id, SUM(m.fen)::bigint AS moved
            FROM (SELECT debit_id AS account_id, amount_fen AS fen FROM added
                  UNION ALL SELECT credit_id, -amount_fen FROM added) m
           GROUP BY m.account_id) s
    WHERE a.id = s.account_id;
  INSERT INTO fees_monthturnover (account_id, month, debit_fen, credit_fen)
    SELECT m.account_id, m.month, SUM(m.debit), SUM(m.credit)
      FROM (SELECT debit_id AS account_id, amount_fen AS debit, 0 AS credit,
                   (booked_on - (EXTRACT(DAY FROM booked_on)::int - 1)) AS month FROM added
            UNION ALL
            SELECT credit_id, 0, amount_fen,
                   (booked_on - (EXTRACT(DAY FROM booked_on)::int - 1)) FROM added) m
     GROUP BY m.account_id, m.month ORDER BY m.account_id, m.month
    ON CONFLICT (account_id, month) DO UPDATE
      SET debit_fen = fees_monthturnover.debit_fen + EXCLUDED.debit_fen,
          credit_fen = fees_monthturnover.credit_fen + EXCLUDED.credit_fen;
  RETURN NULL;
END
$$ LANGUAGE plpgsql
"""


def postgresql_statements(table: str = TABLE) -> dict[str, str]:
    """Trigger name → statement; the function must be there."""
    return {
        f"apply_{table}": (
            f"CREATE TRIGGER apply_{table} AFTER INSERT ON {table} "
            "REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION fees_apply_postings()"
        )
    }


def sqlite_statements() -> dict[str, str]:
    """Trigger name → statement."""
    moves = "".join(_sqlite_move(column, sign) for column, sign in (("debit", 1), ("credit", -1)))
    return {
        f"apply_{TABLE}": f"CREATE TRIGGER apply_{TABLE} AFTER INSERT ON {TABLE} BEGIN {moves}END",
        # A partial unique index alone would let INSERT OR REPLACE delete the first release.
        f"guard_{TABLE}_release": (
            f"CREATE TRIGGER guard_{TABLE}_release BEFORE INSERT ON {TABLE} "
            f"WHEN NEW.rule = 'lesson_release' AND EXISTS (SELECT 1 FROM {TABLE} "
            "WHERE rule = 'lesson_release' AND cause = NEW.cause) "
            "BEGIN SELECT RAISE(ABORT, 'UNIQUE: lesson released twice'); END"
        ),
    }


def _sqlite_move(column: str, sign: int) -> str:
    debit, credit = ("NEW.amount_fen", "0") if sign > 0 else ("0", "NEW.amount_fen")
    account = f"NEW.{column}_id"
    return (
        f"SELECT RAISE(ABORT, 'CHECK: no ledger account') WHERE NOT EXISTS "
        f"(SELECT 1 FROM fees_ledgeraccount WHERE id = {account}); "
        f"SELECT RAISE(ABORT, 'CHECK: ledger_balance_not_negative') FROM fees_ledgeraccount "
        f"WHERE id = {account} AND balance_fen + side * ({sign}) * NEW.amount_fen < 0; "
        f"UPDATE fees_ledgeraccount SET balance_fen = balance_fen + side * ({sign}) "
        f"* NEW.amount_fen WHERE id = {account}; "
        "INSERT INTO fees_monthturnover (account_id, month, debit_fen, credit_fen) "
        f"VALUES ({account}, strftime('%Y-%m-01', NEW.booked_on), {debit}, {credit}) "
        "ON CONFLICT (account_id, month) DO UPDATE SET "
        "debit_fen = debit_fen + excluded.debit_fen, "
        "credit_fen = credit_fen + excluded.credit_fen; "
    )
