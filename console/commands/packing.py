"""Commands about hand-over packs: make one, verify one, read one. Only making one needs a daemon."""

from __future__ import annotations

import os
from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.archive import MOST_BYTES, Opened, opened, packed
from console.commands.told import PROBLEMS, Wish, do
from console.pages.packing import Pack

_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(invoke_without_command=True)
@options.which_client
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The zip file to write.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@click.option("--by", default="", help="Who decides it, where that is not you.")
@click.pass_context
def pack(context: click.Context, client: str, output: Path | None, force: bool, by: str) -> None:
    """A read-only bundle to hand a client over: model, open work, contacts, access notes, and no secret."""
    if context.invoked_subcommand:
        return
    if output is None:
        raise click.UsageError("name the file to write: -o FILE.zip")
    if output.exists() and not (force and output.is_file()):
        told = "is there already; name another, or write over it with --force"
        raise click.UsageError(f"{output} {told if output.is_file() else 'is not a file'}")
    wish: Wish = context.obj
    made: Pack = do(wish, "pack", client=client, by=by)
    data = packed(made.client, made.revision, made.sha256, {one.name: one.text for one in made.files})
    checked = opened(data)
    if checked.problems:
        _fail(output, checked)
    _write(output, data)
    click.echo(f"{output}: {made.client} revision {made.revision}, {len(made.files)} files, no secret found")
    click.echo(f"fingerprint {checked.fingerprint}")


@pack.command()
@_file
def verify(file: Path) -> None:
    """Check a pack on any machine: every hash, and that nothing in it looks like a secret. Exit code 1 if not."""
    found = _open(file)
    manifest = found.manifest
    if manifest is not None:
        click.echo(f"{file}: {clean(manifest.client)} revision {manifest.revision} is whole, no secret found")
    click.echo(f"fingerprint {found.fingerprint}")


@pack.command()
@_file
@click.argument("name", default="")
def show(file: Path, name: str) -> None:
    """Print one file of a pack; without a name, list them. A pack that does not verify is not shown."""
    found = _open(file)
    if not name:
        for one, text in sorted(found.files.items()):
            click.echo(f"{len(text.encode()):>9}  {one}")
    elif name not in found.files:
        raise click.UsageError(f"there is no {name} in it; see `watchbill pack show {file}`")
    else:
        for line in found.files[name].splitlines():
            click.echo(clean(line, 10_000))


def _open(file: Path) -> Opened:
    try:
        with file.open("rb") as source:
            found = opened(source.read(MOST_BYTES + 1))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}") from error
    if found.problems:
        _fail(file, found)
    return found


def _fail(file: Path, found: Opened) -> None:
    for problem in found.problems:
        click.echo(f"{file}: {clean(problem)}", err=True)
    raise SystemExit(PROBLEMS)


def _write(output: Path, data: bytes) -> None:
    """The file is whole or is not there; only its owner may read it."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(output)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error


COMMANDS = (pack,)
