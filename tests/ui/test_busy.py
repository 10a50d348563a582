"""The line before an answer, and the questions of a minute."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.busy import RateLimit, Turnstile


def test_no_more_pass_than_it_is_wide_and_all_pass():
    turnstile, inside, most, passed, lock = Turnstile(2), [0], [0], [], threading.Lock()

    def cross(number: int) -> None:
        with turnstile.passage():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            with lock:
                inside[0] -= 1
                passed.append(number)

    threads = [threading.Thread(target=cross, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(passed) == list(range(40))
    assert 1 <= most[0] <= 2


def test_those_who_wait_know_their_place_and_go_in_their_order():
    turnstile, told, order = Turnstile(1), [threading.Event() for _ in range(3)], []
    places: list[list[int]] = [[], [], []]

    def wait(number: int) -> None:
        def on_place(place: int) -> None:
            places[number].append(place)
            told[number].set()

        with turnstile.passage(on_place):
            order.append(number)

    threads = []
    with turnstile.passage():
        for number in range(3):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            assert told[number].wait(20)
    for thread in threads:
        thread.join(20)
    assert [seen[0] for seen in places] == [1, 2, 3]
    assert order == [0, 1, 2]


def test_one_who_leaves_the_line_holds_nobody_up():
    turnstile = Turnstile(1)

    def leave(_: int) -> None:
        raise KeyboardInterrupt

    with turnstile.passage(), pytest.raises(KeyboardInterrupt), turnstile.passage(leave):
        pytest.fail("it never passes")
    with turnstile.passage(leave):
        pass


def test_a_place_is_given_back_whatever_happens_inside():
    turnstile = Turnstile(1)
    with pytest.raises(ValueError, match="raté"), turnstile.passage():
        raise ValueError("raté")
    with turnstile.passage(lambda place: pytest.fail(f"still held: {place}")):
        pass


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_question_too_many_is_told_how_long_to_wait():
    clock = Clock()
    limit = RateLimit(2, clock)
    assert [limit.wait("anne"), limit.wait("anne")] == [0, 0]
    clock.now = 20.5
    assert limit.wait("anne") == 40
    assert limit.wait("bruno") == 0
    clock.now = 60.0
    assert limit.wait("anne") == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 30)), max_size=60), st.integers(1, 5))
def test_nobody_ever_passes_more_often_in_a_minute(asked, most):
    clock, passed = Clock(), []
    limit = RateLimit(most, clock)
    for person, later in asked:
        clock.now += later
        seconds = limit.wait(person)
        assert 0 <= seconds <= 60
        if not seconds:
            passed.append((person, clock.now))
        recent = [at for who, at in passed if who == person and at > clock.now - 60]
        assert len(recent) <= most
        if seconds:
            assert len(recent) == most
