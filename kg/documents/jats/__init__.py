"""The parts of the JATS reader: front matter, running text, references, related works."""
