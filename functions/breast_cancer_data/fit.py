"""The models of the breast-cancer plots: fitted here, once; each plot reads what it draws from a table beside it.

python -m functions.breast_cancer_data.fit
"""

from pathlib import Path

import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from plotgate.datasets import breast_cancer

HERE = Path(__file__).parent
MODELS = {
    "logistic_regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "decision_tree": DecisionTreeClassifier(max_depth=3, random_state=0),
    "nearest_neighbours": make_pipeline(StandardScaler(), KNeighborsClassifier(15)),
    "gradient_boosting": GradientBoostingClassifier(max_features="sqrt", random_state=0),
}
FOLDS = StratifiedKFold(10, shuffle=True, random_state=0)


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


if __name__ == "__main__":
    found = scores()
    for plot in ("confusion_matrix", "roc_curve"):
        found.to_csv(HERE / plot / "scores.csv", index=False, float_format="%.6f")
