import streamlit as st

def f(:
    pass
