"""Talks to the oven."""

import os

URL = os.environ["OVEN_URL"]
KEY = os.environ["OVEN_KEY"]
