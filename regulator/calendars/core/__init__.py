"""Pure: periods of a school year by stage, holidays, and what is not known about them."""
