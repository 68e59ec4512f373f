"""The texts of jobs: states as people read them, failures, refusals."""
