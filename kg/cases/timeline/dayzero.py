"""Which event a patient's days count from.

The rule: the event from which the report counts the most of its "day n", the first told where two
are equal; else the first event told with the presentation or next after it; else the first event of
the narrative. So days in the graph are the days that the report itself gives where it gives any.
"""

from __future__ import annotations

from kg.cases.timeline.solver import Solution


def day_zero(solution: Solution) -> str | None:
    """Return the id of the event that the patient's days count from, null where nothing is told."""
    course = solution.course
    counted = {event: count for event, count in solution.counted.items() if event in course.by_id}
    if counted:
        return min(counted, key=lambda event: (-counted[event], course.place[event].start, event))
    visit = solution.layout.visit or 0
    told = [
        (step.sentence, telling.event) for step in solution.narrative for telling in step.tellings
    ]
    real = [(at, event) for at, event in told if course.by_id[event].polarity == "affirmed"]
    later = [event for at, event in real if at >= visit]
    return next(iter(later), None) or next((event for _, event in real), None)
