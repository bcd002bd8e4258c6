"""KPIs K6 to K25 of operating-model.md, 3.3: a family a file, exact and pure; rounding belongs to who shows them."""
