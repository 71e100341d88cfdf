from practice_desktop.models.schema import metadata


def test_the_metadata_holds_the_table_of_every_model() -> None:
    assert {
        "client",
        "client_file",
        "contact",
        "document",
        "form",
        "history_entry",
        "imported_detail",
        "invitation",
        "mail_account",
        "mail_template",
        "outbox_message",
        "packet",
        "packet_entry",
        "person",
        "portal_access",
        "practice",
        "practice_key",
        "staff_member",
    } == set(metadata().tables)
