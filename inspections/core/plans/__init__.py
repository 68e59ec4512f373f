"""The annual plan: its states, and how shares become whole premises."""
