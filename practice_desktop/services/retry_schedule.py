"""When to try again: pure arithmetic. `chance` is a random number in [0, 1) where there is jitter.

What counts as an attempt of a message: a conversation in which the mail server answered about it,
or that broke while it was being handed over. Being offline, a server that cannot be reached and
trouble with the account count for nothing.
"""

from datetime import datetime, timedelta

_FIRST = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120))
_LATER = timedelta(hours=4)
_PATIENCE = timedelta(hours=72)
_JITTER = 0.2
_PROBES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240))
_KNOCKS = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300))

LONGEST = _LATER * (1 + _JITTER)
"""No pause is longer: a time further ahead means that the clock was set back."""


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long a message rests after its `attempts`-th temporary refusal, counted from 1."""
    pause = _FIRST[attempts - 1] if attempts <= len(_FIRST) else _LATER
    return pause * (1 - _JITTER + 2 * _JITTER * chance)


def has_run_out(first_attempt: datetime, next_attempt: datetime, attempts: int) -> bool:
    """Whether a message has been tried for 72 hours.

    A computer that was asleep meanwhile, or whose clock was set, has not tried for 72 hours: the
    short pauses must have been used up as well.
    """
    return next_attempt - first_attempt > _PATIENCE and attempts > len(_FIRST)


def pause_before_probe(probes: int) -> timedelta:
    """How long a stopped account is left alone after its `probes`-th failure, counted from 1."""
    return _PROBES[min(probes, len(_PROBES)) - 1]


def pause_before_knock(failures: int) -> timedelta:
    """How long a server that could not be reached is left alone, counted from 1."""
    return _KNOCKS[min(failures, len(_KNOCKS)) - 1]
