"""Reading CSV files and workbooks row by row, matching their columns to fields, and reading their cells
honestly.

`columns.open_table` is the way in; `values` reads numbers, dates and periods; nothing here touches the
database.
"""
