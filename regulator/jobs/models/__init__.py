"""Jobs, their errors item by item, and their result files."""

from regulator.jobs.models.job import Job, JobError, JobFile

__all__ = ["Job", "JobError", "JobFile"]
