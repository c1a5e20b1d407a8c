"""Which event a patient's days count from.

The rule: the event from which the report counts the most of its "day n", the first told where two
are equal; else the first event of the sentence that tells the presentation; else the first event
of the narrative. So days in the graph are the days that the report itself gives where it gives any.
"""

from __future__ import annotations

from kg.cases.timeline.solver import Solution, visit_step


def day_zero(solution: Solution) -> str | None:
    """Return the id of the event that the patient's days count from, null where nothing is told."""
    course = solution.course
    counted = {event: count for event, count in solution.counted.items() if event in course.by_id}
    if counted:
        return min(counted, key=lambda event: (-counted[event], course.place[event].start, event))
    visit = visit_step(solution)
    told = [] if visit is None else [telling.event for telling in visit.tellings]
    told += [telling.event for step in solution.narrative for telling in step.tellings]
    real = [event for event in told if course.by_id[event].polarity == "affirmed"]
    return next(iter(real), None)
