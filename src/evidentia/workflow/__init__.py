"""What the Snakefile and its scripts ask of the engine: the evaluation folder, the lock, the running of a
job.
"""
