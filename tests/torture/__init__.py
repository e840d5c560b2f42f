"""Live scoring under fire. What it proves and how it is run: docs/live-scoring.md."""
