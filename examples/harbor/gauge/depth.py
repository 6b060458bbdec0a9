"""The depth that the gauge is set to."""

import os

DEPTH_M = float(os.environ["GAUGE_DEPTH_M"])
