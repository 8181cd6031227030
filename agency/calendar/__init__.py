"""The shared calendar: rooms, courses, free places, and the way of dates in and out."""
