"""The days behind the figures, to sort and to take home."""

import streamlit as st

import weather

st.set_page_config(page_title="Days", page_icon="📅", layout="wide")
st.title("Days")

years, kinds = weather.filters()
days = weather.load()
wettest = float(days["precipitation"].max())
least = st.slider("At least so much rain (mm)", 0.0, wettest, 0.0, step=0.5)

chosen = days[days["year"].isin(years) & days["weather"].isin(kinds) & (days["precipitation"] >= least)]
st.write(f"**{len(chosen):,}** of {len(days):,} days")
st.dataframe(
    chosen[["date", "weather", "precipitation", "temp_min", "temp_max", "wind"]],
    hide_index=True,
    column_config={"date": st.column_config.DateColumn("date")},
)
st.download_button("Download as CSV", chosen.to_csv(index=False), "days.csv", "text/csv")
