"""The owner's drawings in a browser and on paper: each tells its numbers, and no word lies on another or on a bar."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from msgspec import structs
from rendered import frozen_week

from console.pages.week import Week
from console.pages.week_sections import Maturity
from console.reports.printed.owner_page import owner_page
from console.reports.printed.page import html
from console.reports.printed.pdf import pdf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
_SIX = ("processes", "governance", "sourcing", "services", "measurement", "organization")
_LYING = """<script>addEventListener('load', () => {
  const lies = (a, b) => a.left < b.right - .5 && b.left < a.right - .5 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const found = [];
  for (const one of document.querySelectorAll('figure.wide svg')) {
    const words = [...one.querySelectorAll('text')];
    const bars = [...one.querySelectorAll('rect:not(.outside)')];
    words.forEach((word, place) => [...words.slice(place + 1), ...bars].forEach(other => {
      if (lies(word.getBoundingClientRect(), other.getBoundingClientRect())) found.push(word.textContent);
    }));
  }
  document.documentElement.dataset.lying = found.join('|');
  document.documentElement.dataset.drawn = document.querySelectorAll('figure.wide svg').length;
});</script>"""


def week(name: str, scores: int, *logged: int) -> Week:
    """The golden week with these scores in tenths, and with people who logged so many minutes."""
    maturity = tuple(
        Maturity(one, scores // 10, (scores + place, 10), f"{(scores + place) / 10:.1f}")
        for place, one in enumerate(_SIX)
    )
    people = zip(frozen_week().staff, logged, ("Bartholomäus-Maximilian", "Marco", "Priya"), strict=True)
    staff = tuple(structs.replace(one, logged=minutes, name=called) for one, minutes, called in people)
    return structs.replace(frozen_week(), week=name, maturity=maturity, staff=staff)


def both() -> tuple[list[Week], dict[str, list[Week]]]:
    """One week in which everybody is far beyond the end of the scale, and the first one."""
    now = week("2026-W46", 21, 24_000, 2_880, 1_300)
    return [now], {now.client: [week("2026-W40", 10, 1_200, 2_300, 2_200)]}


@pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("WATCHBILL_NO_SKIP"), reason="no chromium here: apt install chromium"
)
@pytest.mark.parametrize("wide", [700, 1024])
def test_no_word_lies_on_another_or_on_a_bar(tmp_path: Path, wide: int) -> None:
    page = re.sub(r"<meta http-equiv=.Content-Security-Policy[^>]*>", "", html(owner_page(*both())))
    (tmp_path / "week.html").write_text(page.replace("</head>", f"{_LYING}</head>"))
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        f"--user-data-dir={tmp_path / 'profile'}",
    )
    done = subprocess.run(
        [CHROMIUM, *options, f"--window-size={wide},1200", "--dump-dom", str(tmp_path / "week.html")],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert 'data-drawn="2"' in done.stdout
    assert 'data-lying=""' in done.stdout


def test_paper_tells_the_numbers_that_the_drawings_show() -> None:
    document = pypdfium2.PdfDocument(pdf(owner_page(*both()), one_sheet=False))
    try:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    bars = ("2000.00 % ▲", "next 1050.00 %", "60 %", "85 %", "dashed: next week as the last 4 went")
    assert [word for word in (*bars, "2026-W40", "organization 1.5 2.6") if word not in said] == []
