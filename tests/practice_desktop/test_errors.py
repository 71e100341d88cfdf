from practice_desktop.errors import AddressTaken, InvalidInput, Problem


def test_a_problem_is_its_sentence_and_keeps_technical_words_apart() -> None:
    problem = Problem("It failed. All is kept. Try again.", details="errno 5")
    assert str(problem) == problem.sentence
    assert "errno" not in str(problem)


def test_a_refused_input_names_its_field() -> None:
    assert InvalidInput("email", "No.").field == "email"
    taken = AddressTaken("email", "No.", owner_id=3, owner_first_name="Ada")
    assert (taken.owner_id, taken.owner_first_name) == (3, "Ada")
