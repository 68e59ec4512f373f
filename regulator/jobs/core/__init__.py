"""Pure: the states of a job, its progress, and who may see it."""
