"""The first schema."""

import sqlalchemy as sa
from alembic import op

from practice_desktop.models import base
from practice_desktop.models.search import create_search_index

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "intake_forms",
                "consents",
                "assessments",
                "questionnaires",
                "documents",
                "custom_forms",
                name="formgroup",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("needs_signature", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", base.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("key", name=op.f("uq_form_key")),
        sa.UniqueConstraint("title", name=op.f("uq_form_title")),
    )
    op.create_table(
        "mail_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("preset", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column(
            "security",
            sa.Enum("tls", "starttls", "none", name="security", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("reply_to", sa.String(), nullable=False),
        sa.Column("ca_file", sa.String(), nullable=False),
        sa.Column("stopped_reason", sa.String(), nullable=False),
        sa.Column("stopped_details", sa.String(), nullable=False),
        sa.Column("stopped_at", base.UtcDateTime(), nullable=True),
        sa.Column("probe_at", base.UtcDateTime(), nullable=True),
        sa.Column("probes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_account")),
    )
    op.create_table(
        "mail_template",
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "notification",
                "password_reset",
                name="messagekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("updated_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_mail_template")),
    )
    op.create_table(
        "packet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "default_for",
            sa.Enum(
                "individual",
                "couple",
                "family",
                "minor",
                name="clienttype",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet")),
        sa.UniqueConstraint("default_for", name=op.f("uq_packet_default_for")),
        sa.UniqueConstraint("name", name=op.f("uq_packet_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String(), nullable=False),
        sa.Column("pronouns", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("may_email", sa.Boolean(), nullable=False),
        sa.Column("discreet_email", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_first_name", "person", ["kind", "first_name", "id"], unique=False)
    op.create_index(
        "uq_person_client_email",
        "person",
        ["email_key"],
        unique=True,
        sqlite_where=sa.text("kind = 'client' AND email_key <> ''"),
        postgresql_where=sa.text("kind = 'client' AND email_key <> ''"),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("portal_address", sa.String(), nullable=False),
        sa.Column("link_days", sa.Integer(), nullable=False),
        sa.Column("default_features", sa.JSON(), nullable=False),
        sa.Column("offered_features", sa.JSON(), nullable=False),
        sa.Column("hold_new_messages", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "practice_key",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_practice_key")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_member_name")),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column(
            "client_type",
            sa.Enum(
                "individual",
                "couple",
                "family",
                "minor",
                name="clienttype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("imported_at", base.UtcDateTime(), nullable=True),
        sa.Column("setup_finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("archived_at", base.UtcDateTime(), nullable=True),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["person.id"], name=op.f("fk_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("external_id", name=op.f("uq_client_external_id")),
    )
    op.create_index(
        "ix_client_archived",
        "client",
        ["sort_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NOT NULL"),
    )
    op.create_index("ix_client_date_of_birth", "client", ["date_of_birth"], unique=False)
    op.create_index("ix_client_place", "client", ["id", "archived_at", "sort_key"], unique=False)
    op.create_index(
        "ix_client_listed",
        "client",
        ["sort_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_client_needs_setup",
        "client",
        ["setup_finished_at", "sort_key", "id"],
        unique=False,
        sqlite_where=sa.text("setup_finished_at IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("setup_finished_at IS NULL AND archived_at IS NULL"),
    )
    op.create_index(
        "ix_client_newest",
        "client",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "packet_entry",
        sa.Column("packet_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["form.id"], name=op.f("fk_packet_entry_form_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["packet_id"], ["packet.id"], name=op.f("fk_packet_entry_packet_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("packet_id", "form_id", name=op.f("pk_packet_entry")),
    )
    op.create_table(
        "portal_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "none",
                "invited",
                "active",
                "disabled",
                name="accessstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("grant_version", sa.Integer(), nullable=False),
        sa.Column("confirmed_version", sa.Integer(), nullable=False),
        sa.Column("grant_body", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_content_key", sa.LargeBinary(), nullable=True),
        sa.Column("accepted_at", base.UtcDateTime(), nullable=True),
        sa.Column("last_signed_in_at", base.UtcDateTime(), nullable=True),
        sa.Column("disabled_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_portal_access_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_access")),
        sa.UniqueConstraint("grant_id", name=op.f("uq_portal_access_grant_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_portal_access_person_id")),
    )
    op.create_index("ix_portal_access_state", "portal_access", ["state", "person_id"], unique=False)
    op.create_table(
        "client_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_file_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_file")),
    )
    op.create_index(op.f("ix_client_file_client_id"), "client_file", ["client_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "parent",
                "partner",
                "emergency",
                "other",
                name="relationship",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_contact_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["person.id"], name=op.f("fk_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_client_id"), "contact", ["client_id"], unique=False)
    op.create_table(
        "history_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_history_entry_client_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
    )
    op.create_index(
        "ix_history_entry_client_id", "history_entry", ["client_id", "id"], unique=False
    )
    op.create_table(
        "imported_detail",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_imported_detail_client_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("client_id", "name", name=op.f("pk_imported_detail")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("sealed_link_secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("last_sent_at", base.UtcDateTime(), nullable=True),
        sa.Column("works_until", base.UtcDateTime(), nullable=True),
        sa.Column("undelivered_at", base.UtcDateTime(), nullable=True),
        sa.Column("undelivered_words", sa.String(), nullable=False),
        sa.Column("deleted_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["access_id"],
            ["portal_access.id"],
            name=op.f("fk_invitation_access_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_invitation_message_id"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_access_id"), "invitation", ["access_id"], unique=False)
    op.create_index("ix_invitation_message_id", "invitation", ["message_id"], unique=False)
    op.create_index(
        "uq_invitation_live",
        "invitation",
        ["access_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "opened",
                "in_progress",
                "completed",
                "shared",
                "read",
                name="documentstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(), nullable=False),
        sa.Column("visible_at", base.UtcDateTime(), nullable=True),
        sa.Column("completed_at", base.UtcDateTime(), nullable=True),
        sa.Column("removed_at", base.UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["client_file.id"], name=op.f("fk_document_file_id")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_document_form_id")),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_document_message_id"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_document_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_file_id"), "document", ["file_id"], unique=False)
    op.create_index(op.f("ix_document_form_id"), "document", ["form_id"], unique=False)
    op.create_index(op.f("ix_document_message_id"), "document", ["message_id"], unique=False)
    op.create_index(
        "ix_document_open",
        "document",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text(
            "removed_at IS NULL AND status IN ('requested', 'opened', 'in_progress')"
        ),
        postgresql_where=sa.text(
            "removed_at IS NULL AND status IN ('requested', 'opened', 'in_progress')"
        ),
    )
    op.create_index("ix_document_person_id", "document", ["person_id"], unique=False)
    op.create_index(
        "uq_document_file",
        "document",
        ["person_id", "file_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL AND file_id IS NOT NULL"),
        postgresql_where=sa.text("removed_at IS NULL AND file_id IS NOT NULL"),
    )
    op.create_index(
        "uq_document_form",
        "document",
        ["person_id", "form_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL AND form_id IS NOT NULL"),
        postgresql_where=sa.text("removed_at IS NULL AND form_id IS NOT NULL"),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "notification",
                "password_reset",
                name="messagekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "waiting",
                "sending",
                "handing_over",
                "sent",
                "uncertain",
                "failed",
                "cancelled",
                name="messagestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=True),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("required_grant_version", sa.Integer(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", base.UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", base.UtcDateTime(), nullable=True),
        sa.Column("lease_until", base.UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("dated_at", base.UtcDateTime(), nullable=True),
        sa.Column("works_until", base.UtcDateTime(), nullable=True),
        sa.Column("handed_over_at", base.UtcDateTime(), nullable=True),
        sa.Column("server_reply", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("settled_at", base.UtcDateTime(), nullable=True),
        sa.Column("dismissed_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_outbox_message_client_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_outbox_message_invitation_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outbox_message_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["outbox_message.id"],
            name=op.f("fk_outbox_message_supersedes_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_outbox_message_idempotency_key")),
    )
    op.create_index(
        "ix_outbox_message_attention",
        "outbox_message",
        ["client_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('failed', 'uncertain') AND dismissed_at IS NULL"),
        postgresql_where=sa.text("state IN ('failed', 'uncertain') AND dismissed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_outbox_message_client_id"), "outbox_message", ["client_id"], unique=False
    )
    op.create_index(
        "ix_outbox_message_in_line",
        "outbox_message",
        ["client_id", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'sending', 'handing_over')"),
        postgresql_where=sa.text("state IN ('waiting', 'sending', 'handing_over')"),
    )
    op.create_index(
        op.f("ix_outbox_message_invitation_id"), "outbox_message", ["invitation_id"], unique=False
    )
    op.create_index(
        op.f("ix_outbox_message_person_id"), "outbox_message", ["person_id"], unique=False
    )
    op.create_index(
        "ix_outbox_message_settled", "outbox_message", ["state", "settled_at", "id"], unique=False
    )
    op.create_index(
        "ix_outbox_message_state",
        "outbox_message",
        ["state", "next_attempt_at", "id"],
        unique=False,
    )
    op.create_index("ix_outbox_message_listed", "outbox_message", ["state", "id"], unique=False)
    create_search_index(op.get_bind())
