"""Time expressions, ages and sex: grammars over text, with anchors and schedules as data."""
