"""Settings: base, local (the embedded default), test and production."""
