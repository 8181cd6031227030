"""What a project makes of the list of terms."""
