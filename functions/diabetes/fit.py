"""The predictions of the diabetes data: made here, once; the plot reads them from a table beside it.

python -m functions.diabetes.fit
"""

from pathlib import Path

import pandas as pd
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FILE = Path(__file__).with_name("residuals") / "predictions.csv"
MODELS = {
    "linear_regression": LinearRegression(),
    "nearest_neighbours": make_pipeline(StandardScaler(), KNeighborsRegressor(15)),
    "gradient_boosting": GradientBoostingRegressor(n_estimators=60, max_depth=2, random_state=0),
}
MEASURED = {"age": "age", "bmi": "body_mass_index", "bp": "blood_pressure"}


def predictions() -> pd.DataFrame:
    """Progression of each patient, as measured and as predicted by models that were fitted to nine other tenths."""
    data = load_diabetes(as_frame=True, scaled=False)
    folds = KFold(10, shuffle=True, random_state=0)
    found = data.data[list(MEASURED)].rename(columns=MEASURED).assign(progression=data.target)
    for name, model in MODELS.items():
        found[name] = cross_val_predict(model, data.data, data.target, cv=folds)
    return found


if __name__ == "__main__":
    predictions().to_csv(FILE, index=False, float_format="%.6g")
