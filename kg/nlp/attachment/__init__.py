"""Attachment: value to marker, dose to drug, grade and site to what they modify."""
