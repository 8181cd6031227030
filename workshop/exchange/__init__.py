"""Reading votes from files: elections of others, our own tables, and published pairs."""
