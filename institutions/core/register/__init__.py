"""Who an institution is: names, credit codes, licence numbers, rows of lists, and search keys."""
