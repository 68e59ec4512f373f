"""What the database itself must hold: append-only guards, sealed personal fields."""
