"""Long notes stand folded beside those of the others; no word of them goes missing."""

from hypothesis import given
from hypothesis import strategies as st

from scorecards.summaries.evidence import BEGINNING, FOLD_FROM, Line, fold, lines

LINES = st.lists(st.builds(Line, text=st.text(min_size=1).filter(str.strip), quote=st.booleans()))


def bare(said) -> str:
    return "".join("".join(line.text.split()) for line in said)


def test_short_notes_are_not_folded():
    said = lines("word " * (FOLD_FROM // 5))
    assert fold(said) == (said, ())
    assert fold(()) == ((), ())


def test_a_long_line_is_cut_between_words():
    (shown,), (rest,) = fold(lines("“" + "word " * 400))
    assert BEGINNING - 5 <= len(shown.text) <= BEGINNING
    assert shown.text.endswith("word") and rest.text.startswith("word")
    assert shown.quote and rest.quote


def test_a_line_without_a_space_is_cut_all_the_same():
    (shown,), (rest,) = fold(lines("x" * 5_000))
    assert (len(shown.text), len(rest.text)) == (BEGINNING, 5_000 - BEGINNING)


def test_what_comes_later_is_in_the_rest_in_its_order():
    said = lines("a " * 700 + "\n“b”\nc")
    shown, rest = fold(said)
    assert len(shown) == 1
    assert [line.text for line in rest[1:]] == ["“b”", "c"]


@given(LINES, st.integers(1, 60))
def test_no_word_goes_missing(said, times):
    said = tuple(said * times)
    shown, rest = fold(said)
    assert bare(shown + rest) == bare(said)
    assert sum(len(line.text) for line in shown) <= max(FOLD_FROM, BEGINNING)
