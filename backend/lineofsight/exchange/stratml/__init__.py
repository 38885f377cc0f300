"""Strategic plans as StratML documents: Part 1 (ISO 17469-1) and Part 2 (performance plans and reports).

- `document`: what a document says, as frozen values with line numbers; `vocabulary`: its words
- `reading`: bytes → document, over `grammar` and `markup` (the safe XML reader)
- `writing`: document → bytes, and what was lost
- `importing`: documents → the graph; `exporting`: a plan of the graph → a document
"""
