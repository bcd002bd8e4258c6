"""People: what each of them owns, answers for, does and hears of; who is on call; what nobody holds any more. Pure."""
