"""Each year against the others, month by month."""

import streamlit as st

import weather

st.set_page_config(page_title="Compare years", page_icon="📈", layout="wide")
st.title("Compare years")

MEASURES = {
    "Mean temperature (°C)": ("temp_mean", "mean"),
    "Rain (mm)": ("precipitation", "sum"),
    "Wind (m/s)": ("wind", "mean"),
}

years, kinds = weather.filters()
measure = st.radio("Measure", list(MEASURES), horizontal=True)
column, how = MEASURES[measure]

days = weather.load()
chosen = days[days["year"].isin(years) & days["weather"].isin(kinds)]
if chosen.empty:
    st.info("No days are left: choose at least one year and one kind of weather.")
    st.stop()

table = chosen.pivot_table(index="month", columns="year", values=column, aggfunc=how).round(1)
table.columns = table.columns.astype(str)
st.line_chart(table, x_label="month", y_label=measure)
st.dataframe(table)
