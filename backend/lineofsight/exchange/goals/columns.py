"""The columns of a goals spreadsheet, and the names they go by in the exports of goal-setting products."""

from lineofsight.exchange.tables.fields import Layout, named

LAYOUT = Layout(
    "goals",
    (
        named(
            "external_id",
            "the goal's own key",
            "goal id, objective id, id, key, okr id, reference, goal key, goal number, number, uuid",
        ),
        named(
            "title",
            "what is wanted",
            "goal title, goal name, goal, objective, objective title, objective name, name, okr, "
            "objective / key result, objective/kr title, objective or key result, meta, objetivo",
        ),
        named(
            "description",
            "more about it",
            "goal description, details, summary, notes, objective description, descripción",
        ),
        named(
            "owner_email",
            "e-mail of the owner",
            "owner e-mail, owner email address, owner emails, objective owner email, "
            "goal owner email, assignee email, "
            "lead email, responsible email",
        ),
        named(
            "owner_id",
            "employee key of the owner",
            "owner employee id, owner external id, employee id, owner number, employee number, owner user id",
        ),
        named(
            "owner",
            "name, e-mail or key of the owner",
            "owner name, owners, goal owner, objective owner, owned by, lead, assignee, assigned to, "
            "responsible, employee, employee name, accountable, responsable",
        ),
        named(
            "unit",
            "code or name of the unit that owns it, or that its owner acts for",
            "team, department, group, owning team, owner team, org unit, unit code, teams, departamento",
        ),
        named(
            "parent_id",
            "external_id of the goal it counts toward",
            "parent goal id, parent objective id, aligned to id, parent key, parent okr id, aligned goal id",
        ),
        named(
            "parent",
            "external_id or title of the goal it counts toward",
            "parent goal, parent objective, parent title, parent goal name, aligned to, aligns to, supports, "
            "aligned goal, aligned objective, parent okr, parent goal title, contributes to, "
            "objetivo superior",
        ),
        named(
            "measure",
            "name of what is measured",
            "key result, metric, metric name, kpi, measure name, key result title, "
            "key result name, indicator, "
            "success measure, outcome metric, indicador",
        ),
        named(
            "unit_of_measure",
            "unit of measure",
            "metric unit, unit, measure unit, uom, metric type, target type, units",
        ),
        named("direction", "which way it should move", "desired direction, polarity, trend"),
        named(
            "baseline",
            "where the measure starts",
            "start value, starting value, initial value, from, base, metric start, baseline value, start",
        ),
        named(
            "target",
            "where it should be",
            "target value, goal value, to, end value, metric target, desired value, meta del objetivo",
        ),
        named(
            "current",
            "where it is",
            "current value, actual, actual value, latest value, metric current, value, progress value",
        ),
        named(
            "progress",
            "progress as a share or percent",
            "% complete, percent complete, completion, progress %",
        ),
        named("start_on", "first day", "start date, starts on, starts, from date, begin date, begins"),
        named(
            "due_on",
            "last day",
            "due date, due, end date, deadline, target date, ends on, ends, timeline end, to date, fecha límite",
        ),
        named("weight", "share of its owner's goals", "goal weight, weighting, weight %, importance, peso"),
        named("status", "where in its life, or how it stands", "state, goal status, stage, health, estado"),
        named(
            "level",
            "strategic goal, objective, unit, team or individual",
            "type, goal type, goal level, tier",
        ),
    ),
    needs=((("title",),),),
)
