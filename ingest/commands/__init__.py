"""The commands of the command line, one module each; `ingest.cli` registers them."""
