"""Answers to take along: for a spreadsheet, for SPSS and for R; and a record of each time."""
