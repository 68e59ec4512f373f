"""A ledger command in one round trip: PostgreSQL's own function for a command of one posting.

It does what `fees.services.posting` does step by step, under the same locks in the same order, or
it does nothing and returns NULL: then the plain path decides and says why. Nothing is refused here.
The event's text comes with two marks, for its place and for the hash before it, which are known
only once the head is locked; what is hashed is what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations

POST_ONCE = """
CREATE OR REPLACE FUNCTION fees_post_once(
  p_escrow bigint, p_states text[], p_kinds text[],
  p_key text, p_kind text, p_request jsonb, p_digest text, p_booked date, p_at timestamptz,
  p_debit text, p_credit text, p_amount bigint, p_rule text, p_cause text,
  p_division text, p_event text, p_sequence_mark text, p_previous_mark text
) RETURNS bigint AS $$
DECLARE
  account record;
  v_debit bigint;
  v_credit bigint;
  v_command bigint;
  v_sequence bigint;
  v_previous text;
  v_text text;
  v_hash text;
BEGIN
  PERFORM 1 FROM fees_escrowaccount e
    WHERE e.id = p_escrow AND e.state = ANY(p_states) AND e.kind = ANY(p_kinds) FOR KEY SHARE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  FOR account IN
    SELECT a.id, a.kind, a.side, a.balance_fen FROM fees_ledgeraccount a
      WHERE a.escrow_id = p_escrow AND a.contract_id IS NULL AND a.kind IN (p_debit, p_credit)
      ORDER BY a.id FOR NO KEY UPDATE
  LOOP
    IF account.kind = p_debit THEN
      v_debit := account.id;
      IF account.balance_fen + account.side * p_amount < 0 THEN RETURN NULL; END IF;
    ELSE
      v_credit := account.id;
      IF account.balance_fen - account.side * p_amount < 0 THEN RETURN NULL; END IF;
    END IF;
  END LOOP;
  IF v_debit IS NULL OR v_credit IS NULL THEN RETURN NULL; END IF;
  INSERT INTO fees_ledgercommand (escrow_id, key, kind, request, digest, booked_on, posted_at)
    VALUES (p_escrow, p_key, p_kind, p_request, p_digest, p_booked, p_at)
    ON CONFLICT (key) DO NOTHING RETURNING id INTO v_command;
  IF v_command IS NULL THEN RETURN NULL; END IF;
  INSERT INTO fees_posting
    (command_id, position, debit_id, credit_id, amount_fen, rule, cause, booked_on)
    VALUES (v_command, 1, v_debit, v_credit, p_amount, p_rule, p_cause, p_booked);
  SELECT h.sequence, h.hash INTO v_sequence, v_previous
    FROM audit_head h WHERE h.division = p_division FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_head (division, sequence, hash) VALUES (p_division, 0, repeat('0', 64))
      ON CONFLICT (division) DO NOTHING;
    SELECT h.sequence, h.hash INTO v_sequence, v_previous
      FROM audit_head h WHERE h.division = p_division FOR UPDATE;
  END IF;
  v_sequence := v_sequence + 1;
  v_text := replace(p_event, '"' || p_sequence_mark || '"', v_sequence::text);
  v_text := replace(v_text, p_previous_mark, v_previous);
  v_hash := encode(sha256(convert_to(v_text, 'UTF8')), 'hex');
  INSERT INTO audit_event
    (division, sequence, previous_hash, hash, occurred_at, recorded_at, kind, actor_user,
     actor_name, actor_role, actor_department, standing_in_for, subject_kind, subject_key,
     subject_label, old, new, reason, basis, row_count, rows_digest)
    SELECT e.division, e.sequence, v_previous, v_hash, e.occurred_at, e.recorded_at, e.kind,
           e.actor_user, e.actor_name, e.actor_role, e.actor_department, e.standing_in_for,
           e.subject_kind, e.subject_key, e.subject_label, e.old, e.new, e.reason, e.basis,
           e.row_count, e.rows_digest
      FROM jsonb_populate_record(NULL::audit_event, v_text::jsonb -> 'event') e;
  UPDATE audit_head SET sequence = v_sequence, hash = v_hash WHERE division = p_division;
  RETURN v_command;
END
$$ LANGUAGE plpgsql
"""
_CALL = "SELECT fees_post_once(" + ", ".join(["%s"] * 18) + ")"


def call_post_once(connection: Any, values: Sequence[Any]) -> int | None:
    """The new command's key, or None where the plain path has to decide."""
    with connection.cursor() as cursor:
        cursor.execute(_CALL, values)
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


class InstallPostOnce(migrations.RunPython):
    """Creates or replaces the function where the database is PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(_install, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Written in a migration without arguments."""
        return (self.__class__.__name__, [], {})


def install_post_once(connection: Any) -> None:
    """Create or replace the function where the database is PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(POST_ONCE)


def _install(apps: Any, schema_editor: Any) -> None:
    install_post_once(schema_editor.connection)
