"""DR1, the draw protocol: frames, commitments, orders, teams, bundles and their verification.

Source: `docs/draw.md`. Everything here is a pure function of its arguments.
"""
