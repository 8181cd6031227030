"""What a claim rests on: figures, findings, votes, ideas, gaps, passages and own sources."""
