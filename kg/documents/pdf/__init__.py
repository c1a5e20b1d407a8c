"""The parts of the PDF reader: pages to paragraphs, and how good the text is."""
