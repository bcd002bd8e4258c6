"""Lines between two columns of text: joined where they belong together, hopping where they only cross."""

from __future__ import annotations

from console.operating_model.draw.wires import Wire, channel


def test_a_line_goes_out_below_and_comes_in_above() -> None:
    assert channel([Wire((1,), (0, 4))], 5).lines == (
        " ┌─▸",
        "─┤  ",
        " │  ",
        " │  ",
        " └─▸",
    )


def test_two_lines_that_cross_hop_over_each_other() -> None:
    drawn = channel([Wire((1,), (4,)), Wire((5,), (0,))], 6)
    assert "┼" not in "".join(drawn.lines)
    assert drawn.lines[4].endswith("▸")
    assert drawn.lines[0].endswith("▸")


def test_trunks_whose_spans_do_not_touch_share_a_track() -> None:
    assert len(channel([Wire((1,), (0,)), Wire((5,), (4,))], 6).lines[0]) == 4


def test_what_leads_back_points_left_and_soft_lines_have_an_open_head() -> None:
    drawn = channel([Wire((0,), back=(4,), soft=frozenset({4})), Wire((1,), (2,), soft=frozenset({2}))], 5)
    assert drawn.lines[4].startswith("◃")
    assert drawn.lines[2].endswith("▹")


def test_a_lit_line_is_heavy_without_any_colour() -> None:
    drawn = channel([Wire((1,), (0, 4), lit=frozenset({0, 1, 4}))], 5)
    assert drawn.lines == (" ┏━▸", "━┫  ", " ┃  ", " ┃  ", " ┗━▸")
    assert drawn.lit == {0, 1, 2, 3, 4}
