"""The data of all pages: read once per process, shared by all visitors."""

from pathlib import Path

import pandas as pd
import streamlit as st

DATA = Path(__file__).parent / "data" / "seattle-weather.csv"


@st.cache_data
def load() -> pd.DataFrame:
    """One row a day: precipitation (mm), temperatures (°C), wind (m/s), kind of weather."""
    return pd.read_csv(DATA, parse_dates=["date"]).assign(
        year=lambda frame: frame["date"].dt.year,
        month=lambda frame: frame["date"].dt.month,
        temp_mean=lambda frame: (frame["temp_max"] + frame["temp_min"]) / 2,
    )


@st.cache_data
def monthly(years: tuple[int, ...], kinds: tuple[str, ...]) -> pd.DataFrame:
    """Means and sums by month; cached by its arguments, so that going back is instant."""
    days = load()
    chosen = days[days["year"].isin(years) & days["weather"].isin(kinds)]
    month = chosen["date"].dt.to_period("M").dt.to_timestamp()
    return chosen.groupby(month).agg(
        days=("date", "size"),
        warmest=("temp_max", "max"),
        mean=("temp_mean", "mean"),
        coldest=("temp_min", "min"),
        rain=("precipitation", "sum"),
    )


def filters() -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The same two filters on every page; their keys keep the choice when the page changes."""
    days = load()
    years = sorted(days["year"].unique().tolist())
    kinds = sorted(days["weather"].unique().tolist())
    for key, default in (("years", years), ("kinds", kinds)):
        # A widget's own value ends with its page, so the choice is kept beside it.
        st.session_state.setdefault(f"chosen_{key}", default)
    with st.sidebar:
        chosen_years = st.multiselect("Years", years, default=st.session_state.chosen_years)
        chosen_kinds = st.multiselect("Weather", kinds, default=st.session_state.chosen_kinds)
        st.caption("Daily weather of Seattle, 2012 to 2015. Source: NOAA, public domain.")
    st.session_state.chosen_years = chosen_years
    st.session_state.chosen_kinds = chosen_kinds
    return tuple(chosen_years), tuple(chosen_kinds)
