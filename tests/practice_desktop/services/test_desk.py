from practice_desktop.services.client_import import ClientImport
from practice_desktop.wiring import Program


def test_the_import_is_made_once_at_its_first_use(program: Program) -> None:
    first = program.desk.client_import
    assert isinstance(first, ClientImport)
    assert program.desk.client_import is first
