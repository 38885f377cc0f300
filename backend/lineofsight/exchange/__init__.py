"""The outside formats: each import reads a file into the graph and gives a `report.ImportReport`.

- `stratml.importing.import_plans` and `stratml.exporting.export_plan`: strategic plans as StratML documents.
- `tables`: people, metrics and goals as CSV or spreadsheets.
"""
