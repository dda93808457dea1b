"""config.yaml: its models, one module a section, and its loading.

The models are Pydantic's; `evidentia.config.load` translates their errors. Nothing here imports pandas,
because the Snakefile loads the configuration on every start.
"""
