"""The page in a real browser, headless Chromium: one sheet at A4 and Letter, nothing too wide, nothing that runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from promises import Measured
from rendered import busy, frozen_week, hostile

from console.pages.week import Week
from console.reports.forms import FORMS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("WATCHBILL_NO_SKIP"), reason="no chromium here: apt install chromium"
)
_MEASURE = (
    "<script>addEventListener('load', () => { const e = document.documentElement;"
    " e.dataset.wide = Math.max(0, e.scrollWidth - e.clientWidth); });</script>"
)


def written(folder: Path, week: Week, reader: str = "client") -> str:
    form = FORMS["html"]
    made = form.client(week, ()) if reader == "client" else form.owner([week], {})
    (folder / "week.html").write_bytes(made)
    return made.decode()


def with_ours(folder: Path, head: str) -> str:
    """The page with something of the test's in its head, and without the policy that would refuse it."""
    html = (folder / "week.html").read_text()
    assert "Content-Security-Policy" in html
    return re.sub(r"<meta http-equiv=.Content-Security-Policy[^>]*>", "", html).replace("</head>", f"{head}</head>")


def browse(folder: Path, *options: str, file: str = "week.html") -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={folder / 'profile'}"
    fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--no-first-run", profile)
    return subprocess.run(
        [CHROMIUM, *fixed, *options, str(folder / file)], capture_output=True, text=True, timeout=60, check=True
    )


def sheets(folder: Path, size: str) -> tuple[int, int]:
    """How many pages are printed, and how wide the first is in points."""
    (folder / "sized.html").write_text(with_ours(folder, f"<style>@page {{ size: {size}; }}</style>"))
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'week.pdf'}", file="sized.html")
    document = pypdfium2.PdfDocument(folder / "week.pdf")
    try:
        return len(document), round(document[0].get_width())
    finally:
        document.close()


@pytest.mark.parametrize(("size", "width"), [("A4", 595), ("Letter", 612)])
def test_the_clients_page_prints_on_one_sheet(tmp_path: Path, size: str, width: int) -> None:
    for week, most in ((frozen_week(), 1), (busy(), 2)):
        written(tmp_path, week)
        count, wide = sheets(tmp_path, size)
        assert count <= most, "three times as much of everything may turn the leaf, an ordinary week may not"
        assert abs(wide - width) <= 1


@pytest.mark.parametrize("wide", [500, 1024])
def test_nothing_is_wider_than_the_screen_and_the_browser_complains_of_nothing(tmp_path: Path, wide: int) -> None:
    written(tmp_path, frozen_week())
    (tmp_path / "measured.html").write_text(with_ours(tmp_path, _MEASURE))
    done = browse(tmp_path, f"--window-size={wide},1200", "--dump-dom", file="measured.html")
    assert 'data-wide="0"' in done.stdout
    plain = browse(tmp_path, f"--window-size={wide},1200", "--dump-dom")
    assert "97.91" in plain.stdout
    assert "CONSOLE" not in plain.stderr


@pytest.mark.promise("S13", "a week with hostile names in a real browser: 0 live tags, nothing fetched, nothing run")
def test_hostile_names_run_nothing_and_fetch_nothing(tmp_path: Path, measured: Measured) -> None:
    for reader in ("client", "owner"):
        written(tmp_path, hostile(), reader)
        done = browse(tmp_path, "--dump-dom")
        live = re.findall(r"<(?:script|img|iframe|object|embed|link)\b", done.stdout, re.IGNORECASE)
        measured(f"{reader}: {len(live)} live tags")
        assert live == []
        assert "CONSOLE" not in done.stderr


def test_the_picture_has_the_colours_of_both_schemes(tmp_path: Path) -> None:
    written(tmp_path, frozen_week())
    for scheme, dark in (("0", True), ("1", False)):
        browse(tmp_path, f"--screenshot={tmp_path / 'shot.png'}", f"--blink-settings=preferredColorScheme={scheme}")
        assert (tmp_path / "shot.png").stat().st_size > 20_000
        if dark:
            first = (tmp_path / "shot.png").read_bytes()
    assert first != (tmp_path / "shot.png").read_bytes()
