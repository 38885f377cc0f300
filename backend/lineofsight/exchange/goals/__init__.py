"""Goals from a spreadsheet, as exports of other products have it."""
