"""Overview: key figures and the course of the year."""

import streamlit as st

import weather

st.set_page_config(page_title="Seattle weather", page_icon="🌦️", layout="wide")
st.title("Seattle weather")
st.write("Four years of daily measurements. Choose years and kinds of weather in the sidebar.")

years, kinds = weather.filters()
months = weather.monthly(years, kinds)

if months.empty:
    st.info("No days are left: choose at least one year and one kind of weather.")
    st.stop()

days, warmest, coldest, rain = st.columns(4)
days.metric("Days", f"{int(months['days'].sum()):,}")
warmest.metric("Warmest", f"{months['warmest'].max():.1f} °C")
coldest.metric("Coldest", f"{months['coldest'].min():.1f} °C")
rain.metric("Rain", f"{months['rain'].sum():,.0f} mm")

st.subheader("Temperature by month")
st.line_chart(months[["warmest", "mean", "coldest"]], y_label="°C")

st.subheader("Rain by month")
st.bar_chart(months["rain"], y_label="mm")
