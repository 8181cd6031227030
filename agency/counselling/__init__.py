"""What there is for one person who has talked to a counsellor, seen by her provider alone."""
