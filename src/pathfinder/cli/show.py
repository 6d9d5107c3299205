"""`pathfinder show`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathfinder.cli import options
from pathfinder.cli.group import finish, single

app = single()


@app.command()
def show(path: options.PathId, pack: options.Pack = None) -> None:
    """Show one path in full, with tracks, next steps and sources.

    \b
    Example:   pathfinder show hybrid
    """
    from pathfinder.cli.run_browse import show as run

    finish(run(path, pack=pack))
