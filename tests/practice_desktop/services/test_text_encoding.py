import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.text_encoding import decode, mend, without_invisible

LINE = "First name,Last name\r\nZoë,O’Brien\r\nJürgen,Müller “Mü”\r\n"


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode(),
        codecs.BOM_UTF8 + LINE.encode(),
        codecs.BOM_UTF16_LE + LINE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LINE.encode("utf-16-be"),
        LINE.encode("utf-16-le"),
        LINE.encode("utf-16-be"),
        LINE.encode("cp1252"),
    ],
    ids=["utf-8", "bom", "utf-16-le bom", "utf-16-be bom", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_text_is_read_however_it_was_written(data: bytes) -> None:
    assert decode(data) == LINE


def test_lines_of_two_encodings_are_each_read_in_their_own() -> None:
    data = "Zoë\n".encode() + "Jürgen\n".encode("cp1252")
    assert decode(data) == "Zoë\nJürgen\n"


@given(st.binary(max_size=300))
def test_nothing_fails_to_decode(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=60))
def test_windows_text_comes_back_unless_it_happens_to_be_valid_utf_8(text: str) -> None:
    data = f"Name,{text}".encode("cp1252")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert decode(data) == f"Name,{text}"


@pytest.mark.parametrize(
    ("garbled", "mended"),
    [
        ("ZoÃ«", "Zoë"),
        ("JosÃ© GarcÃ\xada", "José García"),
        ("Oâ€™Brien CafÃ©", "O’Brien Café"),
        ("Å\x81ukasz MÃ¼ller", "Łukasz Müller"),
        ("Â\xa0Ann", "\xa0Ann"),
    ],
)
def test_utf_8_read_as_windows_1252_is_mended(garbled: str, mended: str) -> None:
    assert mend(garbled) == (mended, True)


@pytest.mark.parametrize("text", ["Ann", "João São", "ÂNGELA ÃO", "Weiß“", "„Ä“", "Åsa »Å«"])
def test_what_may_be_meant_so_stays(text: str) -> None:
    assert mend(text) == (text, False)


@given(
    st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x17F, categories=["L"]), min_size=1)
)
def test_garbled_latin_letters_come_back_where_it_is_sure(text: str) -> None:
    garbled = "".join(
        byte.decode("cp1252") if byte not in UNDEFINED else byte.decode("latin-1")
        for byte in (bytes([value]) for value in text.encode())
    )
    mended, sure = mend(garbled)
    assert mended == text if sure else mended == garbled


UNDEFINED = {bytes([value]) for value in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def test_every_space_is_a_space_and_what_nobody_sees_is_gone() -> None:
    assert without_invisible("Ann\u00a0Lee\u200b\ufeff\u202e,\u2003x\x07\u2028y\tz\r\n") == (
        "Ann Lee, x\ny\tz\r\n"
    )
