"""The article's figures as a Lambda function: FastAPI and Mangum around them, with SAM's defaults."""

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from mangum import Mangum

from benchmarks.article.plots import correlation_matrix, pairplot, png

app = FastAPI()


@app.get("/plots/breast_cancer_data/correlation_matrix")
def get_correlation_matrix() -> StreamingResponse:
    return StreamingResponse(png(correlation_matrix()), media_type="image/png")


@app.get("/plots/breast_cancer_data/pairplot/features/{features}")
def get_pairplot(features: str) -> StreamingResponse:
    return StreamingResponse(png(pairplot(features.split(","))), media_type="image/png")


handler = Mangum(app, lifespan="off")
