"""The article's Flask app: a route for each figure, as one writes it by following it."""

import flask

from benchmarks.article.plots import correlation_matrix, pairplot, png

app = flask.Flask(__name__)


@app.get("/plots/breast_cancer_data/correlation_matrix")
def get_correlation_matrix() -> flask.Response:
    return flask.send_file(png(correlation_matrix()), mimetype="image/png")


@app.get("/plots/breast_cancer_data/pairplot/features/<features>")
def get_pairplot(features: str) -> flask.Response:
    return flask.send_file(png(pairplot(features.split(","))), mimetype="image/png")


if __name__ == "__main__":
    app.run(port=0)
