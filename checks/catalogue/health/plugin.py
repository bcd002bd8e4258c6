"""What does a monitoring plugin say? Its exit code, of plugins that this machine's administrator listed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard

_WORDS = ("ok", "warning", "critical")


def _sentence(seen: Seen) -> str:
    said = next((item.name for item in seen.reading.items if item.name), "")
    return said or f"says {_WORDS[min(2, max(0, int(seen.value)))]}, without a word"


CHECK = Check(
    name=CheckName("plugin"),
    family=Family.HEALTH,
    title="plugin",
    question="What does the plugin say?",
    unit=Unit.COUNT,
    standard=Standard(
        1, 2, Bad.ABOVE, "Monitoring Plugins Development Guidelines: exit code 1 is a warning, 2 is critical"
    ),
    sentence=_sentence,
    ran="the plugins of Debian's monitoring-plugins, and plugins that hang, flood, crash and lie",
    needs="what the plugin itself needs",
    advice="Run the plugin by hand as the agent's user; its own documentation says what it looks at.",
)
