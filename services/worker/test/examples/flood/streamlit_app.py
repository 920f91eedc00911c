import streamlit as st

st.write("never seen")
