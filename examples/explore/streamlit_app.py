"""Upload a table and look at it: schema, statistics, filter, chart, download."""

from io import BytesIO
from pathlib import Path

import pandas as pd
import streamlit as st

SAMPLE = Path(__file__).parent / "data" / "penguins.csv"
MOST_CHOICES = 50

st.set_page_config(page_title="Explore a table", page_icon="🔎", layout="wide")


@st.cache_data(max_entries=4, show_spinner="Reading the file …")
def read(name: str, content: bytes) -> pd.DataFrame:
    """The table in a file; cached by its content, few at a time because tables are large."""
    if name.lower().endswith(".parquet"):
        return pd.read_parquet(BytesIO(content))
    return pd.read_csv(BytesIO(content), sep=None, engine="python")


def schema(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "column": table.columns.astype(str),
        "type": table.dtypes.astype(str).to_list(),
        "missing": table.isna().sum().to_list(),
        "distinct": [table[column].astype(str).nunique() for column in table.columns],
    })


def filtered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that the visitor asks for: a range for numbers, a choice for words."""
    column = st.selectbox("Filter by", ["(everything)", *table.columns])
    if column == "(everything)":
        return table
    values = table[column]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        low, high = float(values.min()), float(values.max())
        if not low < high:
            st.caption("All values are equal.")
            return table
        first, last = st.slider("Between", low, high, (low, high))
        return table[values.between(first, last)]
    choices = sorted(values.dropna().astype(str).unique())[:MOST_CHOICES]
    chosen = st.multiselect("Any of", choices, default=choices)
    return table[values.astype(str).isin(chosen)]


def chart(table: pd.DataFrame) -> None:
    numbers = [column for column in table.select_dtypes("number").columns]
    words = [column for column in table.columns if column not in numbers and table[column].nunique() <= MOST_CHOICES]
    if not numbers:
        st.info("There is no column of numbers to draw.")
        return
    across, up, by = st.columns(3)
    x = across.selectbox("Across", numbers)
    y = up.selectbox("Up", numbers, index=min(1, len(numbers) - 1))
    color = by.selectbox("Colour by", ["(none)", *words])
    st.scatter_chart(table, x=x, y=y, color=None if color == "(none)" else color)


st.title("Explore a table")
upload = st.file_uploader("A CSV or Parquet file", type=["csv", "tsv", "txt", "parquet"])
name, content = (upload.name, upload.getvalue()) if upload else (SAMPLE.name, SAMPLE.read_bytes())

try:
    table = read(name, content)
except (ValueError, OSError, pd.errors.ParserError) as error:  # pyarrow's errors are ValueErrors or OSErrors
    st.error(f"{name} cannot be read as a table: {error}")
    st.stop()

if table.empty:
    st.warning(f"{name} has no rows.")
    st.stop()

if upload is None:
    st.caption("Nothing is uploaded yet, so this is a sample: Palmer penguins.")
st.write(f"**{name}**: {len(table):,} rows, {len(table.columns)} columns")

rows = filtered(table)
shape, statistics, drawing = st.tabs(["Rows", "Columns", "Chart"])
with shape:
    st.write(f"{len(rows):,} rows are chosen.")
    st.dataframe(rows.head(1000), hide_index=True)
    st.download_button("Download these rows as CSV", rows.to_csv(index=False), "rows.csv", "text/csv")
with statistics:
    st.dataframe(schema(rows), hide_index=True)
    if not rows.empty and not rows.select_dtypes("number").empty:
        st.dataframe(rows.describe().round(2))
with drawing:
    chart(rows)
