from fastapi import FastAPI

from web.words import greeting

app = FastAPI()


@app.get("/")
def root():
    return greeting()
