"""The dispatch floor: it knows what a dispatch looks like, and finds its fields in a reading.

A module named after a field of the contract finds that field (`number`, `date`, `figures` …);
`assemble` calls them all. The others serve them:

- the reading: `reading`, `pieces`, `phrases`, `keys`, `distance`, `words`, `evidence`, `finding`
- letterhead and foot: `letterhead`, `title`, `beginnings`, `notation`, `bodies`, `hands`, `foot`,
  `authority`, `persons`, `lists`, `casing`, `mending`, `stamps`, `head`
- the body's shape: `body`, `lines`, `labels`, `structure`, `sections`, `language`, `wording`
- directives and deadlines: `assignments`, `ordering`, `others`, `told`, `titles`, `agencies`,
  `dealing`, `joints`, `alike`, `tasks`, `task_fields`, `limits`, `terms`, `times`, `recurrence`,
  `immediate`
- references: `citations`, `issuers`, `cited_subjects`
- figures: `sentences`, `statements`, `clauses`, `quantities`, `amounts`, `numbers`, `ranks`,
  `counting`, `masks`, `indicators`, `owners`, `mentions`, `offices`, `defaults`, `kinds`,
  `timing`, `periods`, `scene`, `arithmetic`; in tables `annexes`, `columns`, `measures`, `grids`
- administrative units: `units`, `gazetteer`
"""
