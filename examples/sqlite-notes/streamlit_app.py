"""A shared notebook: secrets, and one SQLite connection for all visitors."""

import hmac
import sqlite3
from pathlib import Path
from threading import Lock

import streamlit as st

# The working directory is writable. It is emptied when the app restarts: a real app keeps its data in a database server.
DATABASE = Path("notes.db")
LONGEST_NOTE = 500

st.set_page_config(page_title="Notes", page_icon="📝")


class Notes:
    """The notes on disk. Visitors run in threads of one process, so writing takes turns."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False)
        with self._lock, self._connection:
            self._connection.execute("create table if not exists notes (id integer primary key, at text default current_timestamp, text text not null)")

    def add(self, text: str) -> None:
        with self._lock, self._connection:
            self._connection.execute("insert into notes (text) values (?)", (text,))

    def newest(self, count: int) -> list[tuple[str, str]]:
        with self._lock:
            return self._connection.execute("select at, text from notes order by id desc limit ?", (count,)).fetchall()


@st.cache_resource
def open_notes() -> Notes:
    """Opened once per process: a connection is a resource, not data."""
    return Notes(DATABASE)


def settings() -> tuple[str, str] | None:
    """Title and password from the secrets, or nothing while they are not set."""
    if not st.secrets.load_if_toml_exists():
        return None
    notebook = st.secrets.get("notebook")
    if not notebook or "password" not in notebook:
        return None
    return notebook.get("title", "Notes"), str(notebook["password"])


found = settings()
if found is None:
    st.title("Notes")
    st.info("This app has no secrets yet: set what is shown below in the app's secrets, then reload this page.")
    st.code(Path(__file__).parent.joinpath(".streamlit", "secrets.toml.example").read_text(encoding="utf-8"), language="toml")
    st.stop()

title, password = found
notes = open_notes()

st.title(title)
with st.form("add", clear_on_submit=True):
    text = st.text_area("A note", max_chars=LONGEST_NOTE)
    given = st.text_input("Password", type="password")
    sent = st.form_submit_button("Add", type="primary")

if sent:
    if not hmac.compare_digest(given.encode(), password.encode()):
        st.error("That is not the password.")
    elif not text.strip():
        st.warning("The note is empty.")
    else:
        notes.add(text.strip())
        st.success("Added.")

rows = notes.newest(50)
st.subheader("Newest first" if rows else "No notes yet")
for at, text in rows:
    with st.container(border=True):
        st.text(text)
        st.caption(f"{at} UTC")
