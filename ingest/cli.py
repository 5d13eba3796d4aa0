"""The command line: one plain function a command, registered here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from sqlalchemy.exc import DBAPIError

from ingest.commands.bench import bench
from ingest.commands.doctor import doctor
from ingest.commands.evaluate import evaluate
from ingest.commands.explain import explain
from ingest.commands.normalize import normalize
from ingest.commands.operate import forget, retry, status
from ingest.commands.read import read
from ingest.commands.run import run
from ingest.commands.schema import schema
from ingest.commands.show import show
from ingest.commands.watch import watch
from ingest.errors import IngestError
from ingest.evaluation.gold import GoldError
from ingest.records import said_by_database

app = typer.Typer(
    name="ingest",
    help="Vietnamese official dispatches, from scans to structured JSON.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run)
app.command("read")(read)
app.command("watch")(watch)
app.command("status")(status)
app.command("retry")(retry)
app.command("forget")(forget)
app.command("show")(show)
app.command("explain")(explain)
app.command("normalize")(normalize)
app.command("eval")(evaluate)
app.command("bench")(bench)
app.command("schema")(schema)
app.command("doctor")(doctor)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command (`args`, or those of the process); an error is one line."""
    try:
        app(args)
    except IngestError as error:
        stop(error.code, error.message)
    except DBAPIError as error:
        stop("database", f"{said_by_database(error)}: is it there, and the URL right?")
    except GoldError as error:
        stop("gold", str(error))
    except OSError as error:
        stop("system", f"{error.filename or ''} {error.strerror or error}: check path and rights")
    except KeyboardInterrupt:
        stop("stopped", "what was finished is kept; run the same command again to go on")


def stop(code: str, message: str) -> None:
    """Print one line about what went wrong and leave with status 2."""
    print(f"ingest: {code}: {message}", file=sys.stderr)
    sys.exit(2)
