"""After the visit: findings, orders, cases, publication, the safety ledger, ratings. Pure."""
