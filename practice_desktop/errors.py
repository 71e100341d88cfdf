"""Failures that a person can understand and mend.

Known failures are `Problem`s: their text goes on screen as it stands and says what happened, what
was kept and what to do next. Anything else is a bug, and shown as one.
"""


class Problem(Exception):
    """A failure told in sentences; `details` holds the technical words behind *Details*.

    Neither may hold more of a client than the person at the desk already sees.
    """

    def __init__(self, sentence: str, *, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


class InvalidInput(Problem):
    """What was typed cannot be taken; `field` names the input it stands beside."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AddressTaken(InvalidInput):
    """The address belongs to another client, who is named so that the desk can find them."""

    def __init__(self, field: str, sentence: str, *, owner_id: int, owner_first_name: str) -> None:
        super().__init__(field, sentence)
        self.owner_id = owner_id
        self.owner_first_name = owner_first_name


class AddressMissing(Problem):
    """An invitation needs an address on file; the window offers to add it there and then."""


class StaleEdit(Problem):
    """Somebody else saved in between; nothing was overwritten."""


class NotFound(Problem):
    """What was asked for is not there (any more)."""


class NotAllowed(Problem):
    """The state of things does not permit it; the sentence says why and what would."""


class PasswordStoreProblem(Problem):
    """The operating system's password store did not serve."""


class PasswordStoreLocked(PasswordStoreProblem):
    pass


class PasswordStoreMissing(PasswordStoreProblem):
    pass


class DataFolderProblem(Problem):
    """The data folder or its database cannot be used."""
