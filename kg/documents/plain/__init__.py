"""The parts of the plain-text reader: lines, outline and imprint of a copied journal page."""
