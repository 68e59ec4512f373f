"""Pure rules of the register, licensing and course filings. No framework, clock or I/O."""
