"""The models of the breast-cancer plots: fitted here, once; each plot reads what it draws from a table beside it.

python -m functions.breast_cancer_data.fit
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer

HERE = Path(__file__).parent
MODELS = {
    "logistic_regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "decision_tree": DecisionTreeClassifier(max_depth=3, random_state=0),
    "nearest_neighbours": make_pipeline(StandardScaler(), KNeighborsClassifier(15)),
    "gradient_boosting": GradientBoostingClassifier(max_features="sqrt", random_state=0),
}
FOLDS = StratifiedKFold(10, shuffle=True, random_state=0)
SHUFFLES = 20


def scores() -> pd.DataFrame:
    """The probability that each tumour is malignant, from models that were fitted to the nine other tenths of them."""
    data = breast_cancer()
    measurements, is_malignant = data.drop(columns="diagnosis"), data["diagnosis"] == "M"
    found = pd.DataFrame({"diagnosis": data["diagnosis"], "fold": 0})
    for fold, (rest, tenth) in enumerate(FOLDS.split(measurements, is_malignant)):
        found.loc[tenth, "fold"] = fold
        for name, model in MODELS.items():
            model.fit(measurements.iloc[rest], is_malignant[rest])
            found.loc[tenth, name] = model.predict_proba(measurements.iloc[tenth])[:, 1]
    return found


def importances(models: Iterable[str] = ("logistic_regression", "decision_tree", "gradient_boosting")) -> pd.DataFrame:
    """How many more of the tumours each model judges wrongly when a measurement is shuffled, in each of 20 shuffles.

    A measurement is shuffled within each tenth of the tumours, which are judged as in `scores`.
    """
    data = breast_cancer()
    measurements, is_malignant = data.drop(columns="diagnosis").to_numpy(), (data["diagnosis"] == "M").to_numpy()
    count, chance = measurements.shape[1], np.random.default_rng(0)
    more_wrong = {name: np.zeros((count, SHUFFLES), dtype=int) for name in models}
    for rest, tenth in FOLDS.split(measurements, is_malignant):
        shuffled = np.tile(measurements[tenth], (count, SHUFFLES, 1, 1))
        for index in range(count):
            shuffled[index, ..., index] = chance.permuted(shuffled[index, ..., index], axis=1)
        for name, more in more_wrong.items():
            model = MODELS[name].fit(measurements[rest], is_malignant[rest])
            said = model.predict(shuffled.reshape(-1, count)).reshape(count, SHUFFLES, -1)
            more += (said != is_malignant[tenth]).sum(axis=2)
            more -= (model.predict(measurements[tenth]) != is_malignant[tenth]).sum()
    columns = range(1, SHUFFLES + 1)
    tables = {name: pd.DataFrame(more, BREAST_CANCER_FEATURES, columns) for name, more in more_wrong.items()}
    return pd.concat(tables, names=["model", "measurement"]).reset_index()


if __name__ == "__main__":
    found = scores()
    for plot in ("confusion_matrix", "roc_curve"):
        found.to_csv(HERE / plot / "scores.csv", index=False, float_format="%.6f")
    importances().to_csv(HERE / "feature_importance" / "importances.csv", index=False)
