"""Which paper a client's printer holds, as nearly as its time zone tells the country.

Letter is the paper of Belize, Canada, Chile, Colombia, Costa Rica, El Salvador, Guatemala, Mexico, Nicaragua, Panama,
the Philippines, Puerto Rico, the United States and Venezuela; all others print on A4 (Unicode CLDR, supplemental data,
measurementData, paperSize). Zones of countries: the tz database's zone.tab.
"""

from __future__ import annotations

A4, LETTER = "a4", "us-letter"
_LETTER_ZONES = ("America/", "US/", "Canada/", "Mexico/", "Chile/", "Asia/Manila", "Pacific/Honolulu", "Pacific/Easter")
_A4_IN_AMERICA = (
    "Argentina/", "Anguilla", "Antigua", "Araguaina", "Aruba", "Asuncion", "Bahia", "Barbados", "Belem", "Boa_Vista",
    "Buenos_Aires", "Campo_Grande", "Cayenne", "Cayman", "Catamarca", "Cordoba", "Cuiaba", "Curacao", "Danmarkshavn",
    "Dominica", "Eirunepe", "Fortaleza", "Godthab", "Grand_Turk", "Grenada", "Guadeloupe", "Guayaquil", "Guyana",
    "Havana", "Jamaica", "Jujuy", "Kralendijk", "La_Paz", "Lima", "Lower_Princes", "Maceio", "Manaus", "Marigot",
    "Martinique", "Mendoza", "Miquelon", "Montevideo", "Montserrat", "Nassau", "Noronha", "Nuuk", "Paramaribo",
    "Port-au-Prince", "Port_of_Spain", "Porto_Acre", "Porto_Velho", "Recife", "Rio_Branco", "Rosario", "Santarem",
    "Santo_Domingo", "Sao_Paulo", "Scoresbysund", "St_Barthelemy", "St_Kitts", "St_Lucia", "St_Thomas", "St_Vincent",
    "Tegucigalpa", "Thule", "Tortola", "Virgin",
)  # fmt: skip


def paper(zone: str) -> str:
    """`us-letter` or `a4`."""
    is_a4 = not zone.startswith(_LETTER_ZONES) or zone.removeprefix("America/").startswith(_A4_IN_AMERICA)
    return A4 if is_a4 else LETTER
