"""The fictitious Pankow project, brought in through the doors that users use."""
