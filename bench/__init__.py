"""Benchmarks, each runnable alone (`python -m bench.NAME`): ratios beside a reference measured in the same run."""
