"""The parts of the HTML readers: metadata of a page, and the pages of PubMed Central."""
