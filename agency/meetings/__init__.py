"""Meetings of the network and of the task force."""
