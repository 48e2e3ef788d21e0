"""seaborn's example data, which only a network has: made up, with the same columns, types and sizes."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

LONG_MONTHS = [pd.Timestamp(2000, month, 1).month_name() for month in range(1, 13)]
STATES = re.findall(
    "..", "ALAKAZARCACOCTDEDCFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWY"
)


def write(folder: Path) -> None:
    """Writes a CSV file of each data set, where seaborn looks for the data that it has fetched already."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in DATA_SETS:
        with_index = make is brain_networks
        make(np.random.default_rng(0)).to_csv(folder / f"{make.__name__}.csv", index=with_index)


def _of(rng: Generator, names: Sequence[str], size: int, weights: Sequence[float] | None = None) -> NDArray[np.str_]:
    shares = None if weights is None else np.array(weights) / sum(weights)
    return rng.choice(np.array(names), size, p=shares)


def _some(
    rng: Generator, mean: float, spread: float, size: int, low: float, high: float, places: int = 1
) -> NDArray[np.float64]:
    values: NDArray[np.float64] = np.clip(rng.normal(mean, spread, size), low, high).round(places)
    return values


def anscombe(rng: Generator) -> pd.DataFrame:
    x = np.tile(np.arange(4.0, 15), 4)
    return pd.DataFrame(
        {"dataset": np.repeat(["I", "II", "III", "IV"], 11), "x": x, "y": (3 + x / 2 + rng.normal(0, 1, 44)).round(2)}
    )


def brain_networks(rng: Generator) -> pd.DataFrame:
    networks = [number for number in range(1, 18) for _ in range(4)][:62]
    columns = [
        (str(network), str(1 + place % 4 // 2), "lh" if place % 2 else "rh") for place, network in enumerate(networks)
    ]
    common = np.cumsum(rng.normal(0, 8, (920, 17)), axis=0) % 60
    values = np.stack([common[:, network - 1] for network in networks], axis=1) + rng.normal(0, 20, (920, 62))
    return pd.DataFrame(values, columns=pd.MultiIndex.from_tuples(columns, names=["network", "node", "hemi"]))


def car_crashes(rng: Generator) -> pd.DataFrame:
    total = _some(rng, 16, 4, 51, 5.9, 23.9)
    shares = {"speeding": 0.32, "alcohol": 0.31, "not_distracted": 0.86, "no_previous": 0.89}
    parts = {name: (total * np.clip(rng.normal(share, 0.08, 51), 0.05, 1)).round(3) for name, share in shares.items()}
    return pd.DataFrame(
        {
            "total": total,
            **parts,
            "ins_premium": _some(rng, 887, 178, 51, 642, 1302, 2),
            "ins_losses": _some(rng, 134, 25, 51, 83, 195, 2),
            "abbrev": STATES,
        }
    )


def diamonds(rng: Generator) -> pd.DataFrame:
    size = 53_940
    carat = np.clip(rng.lognormal(-0.4, 0.55, size), 0.2, 5).round(2)
    across = (carat * 162) ** (1 / 3)
    return pd.DataFrame(
        {
            "carat": carat,
            "cut": _of(rng, ["Ideal", "Premium", "Very Good", "Good", "Fair"], size, [40, 26, 22, 9, 3]),
            "color": _of(rng, list("DEFGHIJ"), size, [13, 18, 18, 21, 15, 10, 5]),
            "clarity": _of(
                rng, ["IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1"], size, [3, 7, 9, 15, 23, 24, 17, 2]
            ),
            "depth": _some(rng, 61.7, 1.4, size, 43, 79),
            "table": _some(rng, 57.5, 2.2, size, 43, 95),
            "price": np.clip(4000 * carat**1.7 * rng.lognormal(0, 0.25, size), 326, 18_823).astype(int),
            "x": across.round(2),
            "y": (across * rng.normal(1, 0.01, size)).round(2),
            "z": (across * 0.617).round(2),
        }
    )


def dots(rng: Generator) -> pd.DataFrame:
    choices = [
        ("dots", choice, time, coherence, 30 + coherence / 2 * (1 if choice == "T1" else -0.5) + rng.normal(0, 2))
        for choice in ("T1", "T2")
        for coherence in (0.0, 3.2, 6.4, 12.8, 25.6, 51.2)
        for time in range(-80, 721, 20)
    ]
    saccades = [("sacc", *row[1:2], row[2] - 480, *row[3:]) for row in choices if row[2] > 100][:356]
    return pd.DataFrame([*choices, *saccades], columns=["align", "choice", "time", "coherence", "firing_rate"])


def exercise(rng: Generator) -> pd.DataFrame:
    person = np.repeat(np.arange(1, 31), 3)
    kind, time = (person - 1) // 10, np.tile([0, 1, 2], 30)
    return pd.DataFrame(
        {
            "Unnamed: 0": np.arange(90),
            "id": person,
            "diet": np.where((person - 1) % 10 < 5, "low fat", "no fat"),
            "pulse": (90 + 3 * kind + 9 * time * (kind == 2) + rng.normal(0, 5, 90)).astype(int),
            "time": np.array(["1 min", "15 min", "30 min"])[time],
            "kind": np.array(["rest", "walking", "running"])[kind],
        }
    )


def flights(rng: Generator) -> pd.DataFrame:
    number = np.arange(144)
    season = np.sin((number % 12 - 3) / 12 * 2 * np.pi)
    passengers = (112 + 2.5 * number) * (1 + 0.2 * season) + rng.normal(0, 6, 144)
    return pd.DataFrame(
        {"year": 1949 + number // 12, "month": np.array(LONG_MONTHS)[number % 12], "passengers": passengers.astype(int)}
    )


def fmri(rng: Generator) -> pd.DataFrame:
    rows = [
        (f"s{subject}", time, event, region)
        for subject in range(14)
        for time in range(19)
        for event in ("stim", "cue")
        for region in ("parietal", "frontal")
    ]
    table = pd.DataFrame(rows, columns=["subject", "timepoint", "event", "region"])
    height = np.where(table["event"] == "stim", 0.25, 0.1) * np.where(table["region"] == "parietal", 1.0, 0.6)
    table["signal"] = height * np.sin(table["timepoint"] / 3) * np.exp(-table["timepoint"] / 9) * 2 + rng.normal(
        0, 0.05, len(table)
    )
    return table


def iris(rng: Generator) -> pd.DataFrame:
    means = {"setosa": (5.0, 3.4, 1.5, 0.2), "versicolor": (5.9, 2.8, 4.3, 1.3), "virginica": (6.6, 3.0, 5.6, 2.0)}
    values = np.concatenate([rng.normal(mean, np.array(mean) * 0.08, (50, 4)) for mean in means.values()]).round(1)
    table = pd.DataFrame(values, columns=["sepal_length", "sepal_width", "petal_length", "petal_width"])
    return table.assign(species=np.repeat(list(means), 50))


def mpg(rng: Generator) -> pd.DataFrame:
    size = 398
    weight = rng.integers(1613, 5141, size)
    horsepower = (weight / 28 + rng.normal(0, 15, size)).round()
    horsepower[:6] = np.nan
    return pd.DataFrame(
        {
            "mpg": np.clip(46 - weight / 130 + rng.normal(0, 3, size), 9, 47).round(1),
            "cylinders": np.where(weight < 2900, 4, np.where(weight < 3700, 6, 8)),
            "displacement": (weight / 15).round(1),
            "horsepower": horsepower,
            "weight": weight,
            "acceleration": _some(rng, 15.6, 2.8, size, 8, 24.8),
            "model_year": 70 + np.arange(size) * 13 // size,
            "origin": _of(rng, ["usa", "japan", "europe"], size, [249, 79, 70]),
            "name": [f"car {number}" for number in range(size)],
        }
    )


def penguins(rng: Generator) -> pd.DataFrame:
    species = np.repeat(["Adelie", "Chinstrap", "Gentoo"], [152, 68, 124])
    number = np.repeat([0, 1, 2], [152, 68, 124])
    sex = _of(rng, ["MALE", "FEMALE"], 344)
    male = sex == "MALE"
    table = pd.DataFrame(
        {
            "species": species,
            "island": np.where(
                number == 2, "Biscoe", np.where(number == 1, "Dream", _of(rng, ["Torgersen", "Biscoe", "Dream"], 344))
            ),
            "bill_length_mm": (np.array([38.8, 48.8, 47.5])[number] + 2 * male + rng.normal(0, 2, 344)).round(1),
            "bill_depth_mm": (np.array([18.3, 18.4, 15.0])[number] + male + rng.normal(0, 0.8, 344)).round(1),
            "flipper_length_mm": (np.array([190, 196, 217])[number] + 4 * male + rng.normal(0, 5, 344)).round(),
            "body_mass_g": (np.array([3700, 3733, 5076])[number] + 500 * male + rng.normal(0, 300, 344)).round(-1),
            "sex": sex,
        }
    )
    table.loc[[3, 271], table.columns[2:]] = np.nan
    table.loc[[8, 9, 10, 11, 47, 246, 286, 324, 336], "sex"] = np.nan
    return table


def planets(rng: Generator) -> pd.DataFrame:
    size = 1035
    methods = ["Radial Velocity", "Transit", "Imaging", "Microlensing", "Eclipse Timing Variations", "Pulsar Timing"]
    mass = rng.lognormal(0.2, 1.4, size).round(3)
    mass[rng.random(size) < 0.5] = np.nan
    distance = rng.lognormal(4.3, 1.1, size).round(2)
    distance[rng.random(size) < 0.22] = np.nan
    return pd.DataFrame(
        {
            "method": _of(rng, methods, size, [553, 397, 38, 23, 9, 5]),
            "number": rng.integers(1, 8, size),
            "orbital_period": rng.lognormal(4, 2.5, size).round(4),
            "mass": mass,
            "distance": distance,
            "year": np.clip(2014 - rng.exponential(4, size), 1989, 2014).astype(int),
        }
    )


def seaice(rng: Generator) -> pd.DataFrame:
    days = pd.date_range("1980-01-01", "2019-12-31")
    extent = 11.5 + 4 * np.cos((days.day_of_year.to_numpy() - 70) / 365 * 2 * np.pi) - np.arange(len(days)) / 7000
    table = pd.DataFrame({"Date": days, "Extent": (extent + rng.normal(0, 0.1, len(days))).round(3)})
    number = np.arange(len(days))
    shown: pd.DataFrame = table.drop(index=number[(number < 2870) & (number % 2 == 1)])  # every other day at first
    return shown


def tips(rng: Generator) -> pd.DataFrame:
    bill = np.clip(rng.lognormal(2.9, 0.42, 244), 3.07, 50.81).round(2)
    return pd.DataFrame(
        {
            "total_bill": bill,
            "tip": np.clip(bill * rng.normal(0.16, 0.05, 244), 1, 10).round(2),
            "sex": _of(rng, ["Male", "Female"], 244, [157, 87]),
            "smoker": _of(rng, ["No", "Yes"], 244, [151, 93]),
            "day": _of(rng, ["Sat", "Sun", "Thur", "Fri"], 244, [87, 76, 62, 19]),
            "time": _of(rng, ["Dinner", "Lunch"], 244, [176, 68]),
            "size": _of(rng, ["1", "2", "3", "4", "5", "6"], 244, [4, 156, 38, 37, 5, 4]).astype(int),
        }
    )


def titanic(rng: Generator) -> pd.DataFrame:
    size = 891
    fare_class = rng.choice([1, 2, 3], size, p=[0.24, 0.21, 0.55])
    sex = _of(rng, ["male", "female"], size, [577, 314])
    age = np.clip(rng.normal(30, 14, size), 0.42, 80).round()
    age[rng.random(size) < 0.2] = np.nan
    who = np.where(age < 16, "child", np.where(sex == "male", "man", "woman"))
    survived = (rng.random(size) < np.where(sex == "female", 0.95, 0.3) - 0.12 * (fare_class - 1)).astype(int)
    town = _of(rng, ["Southampton", "Cherbourg", "Queenstown"], size, [644, 170, 77])
    deck = _of(rng, ["", *"ABCDEFG"], size, [688, 15, 47, 59, 33, 32, 13, 4])
    return pd.DataFrame(
        {
            "survived": survived,
            "pclass": fare_class,
            "sex": sex,
            "age": age,
            "sibsp": rng.integers(0, 4, size),
            "parch": rng.integers(0, 3, size),
            "fare": (rng.lognormal(2.5, 0.8, size) * (4 - fare_class)).round(4),
            "embarked": [name[0] for name in town],
            "class": np.array(["First", "Second", "Third"])[fare_class - 1],
            "who": who,
            "adult_male": who == "man",
            "deck": deck,
            "embark_town": town,
            "alive": np.where(survived == 1, "yes", "no"),
            "alone": rng.random(size) < 0.6,
        }
    )


DATA_SETS: list[Callable[[Generator], pd.DataFrame]] = [
    *(anscombe, brain_networks, car_crashes, diamonds, dots, exercise, flights, fmri, iris, mpg, penguins, planets),
    *(seaice, tips, titanic),
]
"""Those that seaborn's examples load."""
