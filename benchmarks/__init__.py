"""What is fast, how accurate, against whom: `python -m benchmarks` prints tables, each method with its peers in the
same run.
"""
