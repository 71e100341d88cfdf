"""Names, places and lines below SMTP."""

import socket
from collections.abc import Iterator

import pytest

from practice_desktop.gateways.mail_connection import Lines, a_label, connect, find, own_name
from practice_desktop.ports import Stage, Unreachable


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_a_domain_outside_ascii_gets_its_a_labels() -> None:
    assert a_label("straße.example") == "xn--strae-oqa.example"
    assert a_label("mail.harbor.example") == "mail.harbor.example"
    with pytest.raises(UnicodeError):
        a_label("ü..example")


def test_a_dead_place_does_not_keep_from_the_next() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        places = find("127.0.0.1", dead.getsockname()[1]) + find(
            "127.0.0.1", server.getsockname()[1]
        )
        with connect(places, 5) as sock:
            assert sock.getpeername() == server.getsockname()
            assert own_name(sock) == "[127.0.0.1]"
        with pytest.raises(Unreachable) as caught:
            connect(places[:1], 5)
        assert caught.value.stage is Stage.CONNECT


def test_a_line_is_whole_or_nothing(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    lines = Lines(here)
    lines.wait_until(5)
    there.sendall(b"250-one\r\n250 two\r\n25")
    assert lines.readline(1000) == b"250-one\r\n"
    assert lines.readline(1000) == b"250 two\r\n"
    there.shutdown(socket.SHUT_WR)
    assert lines.readline(1000) == b""


def test_a_trickle_does_not_outlast_the_deadline(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    here, there = pair
    lines = Lines(here)
    lines.wait_until(0.05)
    there.sendall(b"2")
    with pytest.raises(TimeoutError):
        lines.readline(1000)


def test_an_answer_without_end_is_given_up(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    lines = Lines(here)
    lines.wait_until(5)

    def read_for_ever() -> None:
        while True:
            there.sendall(b"250-more\r\n" * 100)
            for _ in range(100):
                lines.readline(1000)

    with pytest.raises(OSError, match="no end"):
        read_for_ever()


def test_what_is_there_is_seen_without_waiting(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    here, there = pair
    lines = Lines(here)
    assert not lines.has_ended()
    assert not lines.has_spoken()
    there.sendall(b"421 bye\r\n")
    assert not lines.has_ended()
    assert lines.has_spoken()
    there.close()
    assert lines.has_ended()
