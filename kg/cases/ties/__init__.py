"""Relations between the events of one patient: parts, purposes, responses, attributions."""
