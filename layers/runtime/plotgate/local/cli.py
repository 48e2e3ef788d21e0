"""The command line, `plotgate`: the commands are in commands/."""

import typer

from plotgate.local.commands.baseline import baseline
from plotgate.local.commands.catalog import catalog
from plotgate.local.commands.check import check
from plotgate.local.commands.cost import cost
from plotgate.local.commands.describe import describe
from plotgate.local.commands.diff import diff
from plotgate.local.commands.event import event
from plotgate.local.commands.host import host
from plotgate.local.commands.list import list_plots
from plotgate.local.commands.new import new
from plotgate.local.commands.remove import remove
from plotgate.local.commands.rename import rename
from plotgate.local.commands.render import render
from plotgate.local.commands.serve import serve
from plotgate.local.commands.sign import sign
from plotgate.local.commands.verify import verify

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@app.callback()
def plotgate() -> None:
    """plotgate: a URL for every plot."""


app.command(epilog="Example: plotgate new weather/wind --from line")(new)
app.command(epilog="Example: plotgate rename weather/wind weather/wind_rose")(rename)
app.command(epilog="Example: plotgate remove weather/wind")(remove)
app.command(epilog="Example: plotgate serve --port 8000 --template template.yaml")(serve)
app.command(epilog="Example: PORT=8000 plotgate host --workers 2 --template .aws-sam/build/template.yaml")(host)
app.command(epilog="Example: plotgate catalog --template template.yaml")(catalog)
app.command(epilog="Example: plotgate baseline weather/temperature")(baseline)
app.command(epilog="Example: plotgate event '/plots/weather/temperature?width=440' --payload 1.0")(event)
app.command(epilog="Examples: plotgate check weather/temperature; plotgate check --fix")(check)
app.command(epilog="Example: plotgate diff main --markdown")(diff)
app.command(epilog="Example: plotgate verify https://abc123.execute-api.eu-central-1.amazonaws.com")(verify)
app.command(epilog="Example: plotgate cost --pictures 1000000 --hit-rate 0.95 --ms 300")(cost)
app.command(epilog="Example: plotgate sign '/plots/weather/temperature' --expires 1h --free theme,width")(sign)
app.command("list", epilog="Example: plotgate list | cut -f 1")(list_plots)
app.command(epilog="Example: plotgate describe weather/temperature")(describe)
app.command(epilog="Example: plotgate render weather/temperature -p width=440 -p theme=dark -o temperature.svg")(render)

if __name__ == "__main__":
    app()
