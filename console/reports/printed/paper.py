"""Which paper a client's printer holds, as nearly as its time zone tells the country.

Letter is the paper of Belize, Canada, Chile, Colombia, Costa Rica, El Salvador, Guatemala, Mexico, Nicaragua, Panama,
the Philippines, Puerto Rico, the United States and Venezuela; all others print on A4 (Unicode CLDR, supplemental data,
measurementData, paperSize). Zones of countries: the tz database's zone.tab.
"""

from __future__ import annotations

A4, LETTER = "a4", "us-letter"
_LETTER_AREAS = ("America/", "US/", "Canada/", "Mexico/", "Chile/")
_LETTER_ZONES = frozenset({
    "Asia/Manila", "Pacific/Honolulu", "Pacific/Johnston", "Pacific/Easter",
    "Navajo", "EST", "EST5EDT", "CST6CDT", "MST", "MST7MDT", "PST8PDT", "HST",
})  # fmt: skip
_A4_IN_AMERICA = frozenset({
    "Anguilla", "Antigua", "Araguaina", "Aruba", "Asuncion", "Bahia", "Barbados", "Belem", "Boa_Vista",
    "Buenos_Aires", "Campo_Grande", "Cayenne", "Cayman", "Catamarca", "Cordoba", "Cuiaba", "Curacao", "Danmarkshavn",
    "Dominica", "Eirunepe", "Fortaleza", "Godthab", "Grand_Turk", "Grenada", "Guadeloupe", "Guayaquil", "Guyana",
    "Havana", "Jamaica", "Jujuy", "Kralendijk", "La_Paz", "Lima", "Lower_Princes", "Maceio", "Manaus", "Marigot",
    "Martinique", "Mendoza", "Miquelon", "Montevideo", "Montserrat", "Nassau", "Noronha", "Nuuk", "Paramaribo",
    "Port-au-Prince", "Port_of_Spain", "Porto_Acre", "Porto_Velho", "Recife", "Rio_Branco", "Rosario", "Santarem",
    "Santo_Domingo", "Sao_Paulo", "Scoresbysund", "St_Barthelemy", "St_Kitts", "St_Lucia", "St_Thomas", "St_Vincent",
    "Tegucigalpa", "Thule", "Tortola", "US/Samoa", "Virgin",
})  # fmt: skip


def paper(zone: str) -> str:
    """`us-letter` or `a4`."""
    if zone in _LETTER_ZONES:
        return LETTER
    is_a4 = zone.startswith("America/Argentina/") or zone.removeprefix("America/") in _A4_IN_AMERICA
    return LETTER if zone.startswith(_LETTER_AREAS) and not is_a4 else A4
