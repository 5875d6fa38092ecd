"""Benchmarks at a size for two cores. `python -m tools.bench` runs them and writes build/bench.json.

LOG.md keeps the figures that were seen, what was tried and what did not help. Take figures on an
idle machine only: anything that computes beside them spoils them.
"""
