"""A Qt binding that drops references to None ends the program in the middle of a day."""

from tests.house.checkout import run_python

SET_MANY_NAMES = """
from PySide6.QtCore import QCoreApplication, QObject
app = QCoreApplication([])
thing = QObject()
for number in range(200_000):
    thing.setObjectName("a")
print("alive")
"""


def test_two_hundred_thousand_calls_that_return_none_survive() -> None:
    # PySide6 6.12.0 ends in none_dealloc here on Python 3.10 and 3.11.
    survived = run_python("-c", SET_MANY_NAMES)
    assert survived.stdout.strip() == "alive", survived.stderr
