"""Bank statements, pure: bytes in, movements out, or where and why a file cannot be read."""
