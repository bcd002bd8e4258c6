"""The mathematics of promises, pure and exact: intervals of whole UTC seconds, covered hours, clocks, availability."""
