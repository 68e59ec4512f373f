"""Directories, draws that anyone can recompute, checklists; later visits, findings and cases."""
