from practice_desktop.ports import Broken, MailError, Refused, ServerReply, Stage


def test_only_a_connection_that_breaks_after_the_dot_leaves_doubt() -> None:
    doubtful = [stage for stage in Stage if not Broken(stage, "gone").certain]
    assert doubtful == [Stage.AFTER_DOT]
    assert MailError(Stage.AFTER_DOT, "x").certain
    assert Refused(Stage.AFTER_DOT, ServerReply(554, "no")).certain


def test_a_reply_reads_as_the_server_wrote_it() -> None:
    assert str(ServerReply(550, "5.1.1 No such user")) == "550 5.1.1 No such user"
    assert str(Refused(Stage.RECIPIENT, ServerReply(550, ""))) == "recipient: 550"
