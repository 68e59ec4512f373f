"""Pure ground: legal bases, outcomes and refusals, money, ids, working days. No framework."""
