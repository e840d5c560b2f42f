"""Inline SVG charts, made on the server.

x is in percent and y in pixels, so a chart is as wide as its place while its text never scales and
no style attribute is needed. Colours come from the classes c-*: a chart never knows the theme, and
prints in gray. Scores are in points of the scale. The label is what a screen reader hears: None
makes one from the figures, "" hides the chart where a table beside it holds the same figures.
"""

from .fall import Waterfall, fall, fall_axis, waterfall
from .gauge import gauge
from .small import NOT_IN_ROLE, cells, meter
from .strip import strip, strip_axis

__all__ = [
    "NOT_IN_ROLE",
    "Waterfall",
    "cells",
    "fall",
    "fall_axis",
    "gauge",
    "meter",
    "strip",
    "strip_axis",
    "waterfall",
]
