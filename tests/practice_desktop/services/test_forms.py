"""The library that ships, and packets."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practice_desktop.errors import InvalidInput, NotFound, StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.paths import resources
from practice_desktop.services.forms import Forms, PacketRow
from practice_desktop.services.history import History
from practice_desktop.vocabulary import ClientType, FormGroup
from tests.practice_desktop.stand_ins import Clock

SHIPPED = resources() / "forms" / "library.json"
MAY_SHIP = {
    *("PHQ-9", "PHQ-2", "GAD-7", "GAD-2", "PHQ-15", "PHQ-SADS"),
    *("AUDIT-C", "PCL-5", "K10", "K6", "GDS-15"),
}


def entry(key: str, title: str, group: str = "consents", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "group": group,
        "version": "1",
        "needs_signature": False,
        "summary": "",
        **more,
    }


class Office:
    """Forms over one database, with a shipped list that a test may change."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.file = folder / "library.json"
        self.file.write_bytes(SHIPPED.read_bytes())
        self.forms = Forms(database, History(database, Clock()), Clock(), self.file)
        self.forms.fill_library()

    def ship(self, forms: list[dict[str, Any]]) -> None:
        self.file.write_text(json.dumps({"forms": forms, "packets": []}), encoding="utf-8")
        self.forms.fill_library()

    def form_id(self, title: str) -> int:
        return next(form.id for form in self.forms.library() if form.title == title)

    def packet(self, name: str) -> PacketRow:
        return next(packet for packet in self.forms.packets() if packet.name == name)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database, tmp_path)
    database.close()


def test_the_library_lists_every_group_in_order(office: Office) -> None:
    groups = [form.group for form in office.forms.library()]
    assert groups == sorted(groups, key=list(FormGroup).index)
    assert set(groups) == set(FormGroup) - {FormGroup.CUSTOM}
    assert len(groups) > 40


def test_only_assessments_whose_terms_allow_it_are_shipped(office: Office) -> None:
    assessments = {f.title for f in office.forms.library() if f.group is FormGroup.ASSESSMENT}
    assert assessments == MAY_SHIP


def test_every_shipped_assessment_states_its_terms() -> None:
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))["forms"]
    assert all(form.get("terms") for form in shipped if form["group"] == FormGroup.ASSESSMENT)


def test_the_estimate_and_documents_ask_for_no_signature(office: Office) -> None:
    library = office.forms.library()
    unsigned = {form.title for form in library if not form.needs_signature}
    assert "Good Faith Estimate Receipt" in unsigned
    assert "Informed Consent" not in unsigned
    assert {f.title for f in library if f.group is FormGroup.DOCUMENT} <= unsigned


def test_each_client_type_has_the_packet_it_begins_with(office: Office) -> None:
    names = {kind: office.forms.default_packet(kind) for kind in ClientType}
    assert {kind: packet and packet.name for kind, packet in names.items()} == {
        ClientType.INDIVIDUAL: "New adult",
        ClientType.MINOR: "New minor",
        ClientType.COUPLE: "Couple",
        ClientType.FAMILY: "Family",
    }
    assert all(packet and packet.form_ids for packet in names.values())


def test_filling_again_writes_nothing(office: Office) -> None:
    before = office.database.data_version()
    office.forms.fill_library()
    assert office.database.data_version() == before


def test_a_deleted_packet_does_not_come_back(office: Office) -> None:
    office.forms.delete_packet(office.packet("Couple").id)
    office.ship([entry("informed-consent", "Informed Consent")])
    assert [p.name for p in office.forms.packets()] == ["Family", "New adult", "New minor"]
    assert office.forms.default_packet(ClientType.COUPLE) is None


def test_a_newer_program_changes_a_form_and_keeps_its_id(office: Office) -> None:
    form_id = office.form_id("Informed Consent")
    office.ship([entry("informed-consent", "Consent to Therapy", version="2")])
    (form,) = office.forms.library()
    assert (form.id, form.title, form.form_version) == (form_id, "Consent to Therapy", "2")


def test_a_form_that_ships_no_longer_leaves_library_and_packets(office: Office) -> None:
    office.ship([entry("informed-consent", "Informed Consent")])
    assert office.packet("New adult").form_ids == (office.form_id("Informed Consent"),)
    office.ship([entry("informed-consent", "Informed Consent"), entry("phq-9", "PHQ-9")])
    assert len(office.packet("New adult").form_ids) == 2


def test_a_packet_keeps_the_order_of_its_forms(office: Office) -> None:
    wanted = tuple(map(office.form_id, ("PHQ-9", "Informed Consent", "Client Intake")))
    packet_id = office.forms.add_packet("  Short   intake ", wanted, None)
    packet = office.packet("Short intake")
    assert (packet.id, packet.form_ids, packet.default_for) == (packet_id, wanted, None)
    office.forms.save_packet(replace(packet, form_ids=wanted[::-1]))
    assert office.packet("Short intake").form_ids == wanted[::-1]


def test_packets_are_listed_by_name(office: Office) -> None:
    office.forms.add_packet("a short one", (office.form_id("PHQ-2"),), None)
    names = [packet.name for packet in office.forms.packets()]
    assert names == ["a short one", "Couple", "Family", "New adult", "New minor"]


@pytest.mark.parametrize(
    ("name", "titles", "field"),
    [("", ["PHQ-9"], "name"), ("new ADULT", ["PHQ-9"], "name"), ("x" * 81, ["PHQ-9"], "name"),
     ("Empty", [], "forms")],
)  # fmt: skip
def test_a_packet_without_a_free_name_or_any_form_is_refused(
    office: Office, name: str, titles: list[str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        office.forms.add_packet(name, tuple(map(office.form_id, titles)), None)
    assert refusal.value.field == field
    assert len(office.forms.packets()) == 4


def test_a_form_that_is_not_in_the_library_cannot_fill_a_packet(office: Office) -> None:
    with pytest.raises(InvalidInput):
        office.forms.add_packet("Odd", (9999,), None)


def test_a_default_moves_from_the_packet_that_had_it(office: Office) -> None:
    packet = office.packet("Couple")
    office.forms.save_packet(replace(packet, default_for=ClientType.INDIVIDUAL))
    assert office.packet("New adult").default_for is None
    chosen = office.forms.default_packet(ClientType.INDIVIDUAL)
    assert chosen is not None
    assert chosen.name == "Couple"
    assert office.forms.default_packet(ClientType.COUPLE) is None


def test_a_packet_may_be_saved_under_its_own_name(office: Office) -> None:
    packet = office.packet("Couple")
    office.forms.save_packet(replace(packet, name="COUPLE"))
    assert office.packet("COUPLE").version > packet.version


def test_a_stale_packet_overwrites_nothing(office: Office) -> None:
    opened = office.packet("Couple")
    one = (office.form_id("PHQ-9"),)
    office.forms.save_packet(replace(opened, form_ids=one))
    with pytest.raises(StaleEdit):
        office.forms.save_packet(replace(opened, name="Pair"))
    assert office.packet("Couple").form_ids == one


def test_a_deleted_packet_cannot_be_saved(office: Office) -> None:
    packet = office.packet("Couple")
    office.forms.delete_packet(packet.id)
    office.forms.delete_packet(packet.id)
    with pytest.raises(NotFound):
        office.forms.save_packet(packet)
