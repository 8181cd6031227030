"""What is read aloud: recordings of the texts of a questionnaire, and who speaks them."""

LARGEST = 10_000_000  # bytes of a recording as it comes in
LONGEST = 60  # seconds of one text
