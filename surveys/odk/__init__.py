"""ODK Collect as a client: forms go out and conversations come in, as OpenRosa says."""
