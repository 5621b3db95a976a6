"""Dates as lists and months draw them."""

from django import template

from ..drawn import cell_of, line_of, row_of

register = template.Library()

register.simple_tag(row_of, name="date_row")
register.simple_tag(cell_of, name="month_cell")
register.simple_tag(line_of, name="month_line")
