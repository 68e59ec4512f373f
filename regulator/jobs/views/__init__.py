"""Pages of jobs: the list, one job with its progress, its files."""
