from datetime import date

from practice_desktop.services.client_record import ClientRecord
from practice_desktop.vocabulary import ClientType


def test_only_fields_that_say_something_are_described() -> None:
    record = ClientRecord(
        first_name="Ann",
        last_name="Lee",
        date_of_birth=date(1980, 12, 31),
        client_type=ClientType.MINOR,
        may_email=False,
    )
    assert record.name == "Ann Lee"
    assert record.described() == [
        ("First name", "Ann"),
        ("Last name", "Lee"),
        ("Date of birth", "31 Dec 1980"),
        ("Client type", "Minor"),
        ("May we e-mail?", "no"),
    ]
