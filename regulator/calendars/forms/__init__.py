"""Forms of calendars and settings: text in, drafts for the services out."""
