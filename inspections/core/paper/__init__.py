"""What stands on paper, and how a page that comes back says which one it is."""
