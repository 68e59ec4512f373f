"""Forms of the desk and the portal: parsing and wording only, every rule is elsewhere."""
