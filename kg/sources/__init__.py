"""Literature sources over HTTP: search, full text, records, cited works."""
