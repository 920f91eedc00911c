"""The first minute with Streamlit: text, a form field, a button, state per visitor."""

import streamlit as st

st.set_page_config(page_title="Hello from Weir", page_icon="👋")

st.title("Hello from Weir 👋")
st.write("This app is one Python file. Change it, push, and the new version is live.")

name = st.text_input("What is your name?", placeholder="Ada")
if name:
    st.success(f"Nice to meet you, {name}!")

# Session state belongs to one visitor: another tab counts for itself.
st.session_state.setdefault("clicks", 0)


def count() -> None:
    st.session_state.clicks += 1


st.button("Click me", on_click=count, type="primary")
st.metric("Your clicks", st.session_state.clicks)

st.caption("Next: look at the other examples, or deploy a repository of your own.")
