"""`pathfinder faq`."""

# Typer reads the annotations at run time, so nothing here may be a string.
from pathfinder.cli import options
from pathfinder.cli.group import finish, single

app = single()


@app.command()
def faq(
    words: options.Words = None, topic: options.Topic = None, as_json: options.Json = False, pack: options.Pack = None
) -> None:
    """Browse frequent questions by topic, or find answers by words.

    \b
    Example:   pathfinder faq can I switch later
               pathfinder faq --topic money
    """
    from pathfinder.cli.run_browse import faq as run

    finish(run(words or [], pack=pack, topic=topic, as_json=as_json))
