"""Hostile requests, made up: none fails, tells what it should not, or is answered in a form that is broken."""

from tests.hostile import attacks, faults


def test_hostile_requests_are_answered_in_good_order() -> None:
    wrong = [
        f"{attack.tells[:300]!r}: {', '.join(found)}"
        for attack in attacks(2000)
        if (found := faults(attack, attack.answered()))
    ]
    assert not wrong, f"{len(wrong)} answers:\n" + "\n".join(wrong[:20])
