"""The dashboard as it is served: the pages of `app.py`, and what a browser is told before one begins."""

import streamlit as st
from starlette.middleware import Middleware

from ui.page.early import Early

app = st.App("app.py", middleware=[Middleware(Early)])
