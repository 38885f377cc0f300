"""What is asked: of the graph, and of the tables by hand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """``graph``: an operation, which may take the id ``$top``; ``sql``: the same facts, ``?`` the key of that goal."""

    name: str
    graph: str
    sql: str


QUESTIONS = [
    Question(
        "line of sight of 20 goals",
        "{goals(first:20,filter:{level:[INDIVIDUAL]}){nodes{id title lineOfSight{... on Goal{title owner{name}}}}}}",
        "with recursive up(origin, id, depth) as ("
        "select * from (select id as origin, id, 0 from goal where level = 'INDIVIDUAL' "
        "order by sort_key, id limit 20) g "
        "union all select up.origin, g.primary_parent_id, up.depth + 1 from up join goal g on g.id = up.id "
        "where g.primary_parent_id is not null) "
        "select up.origin, up.depth, g.title, coalesce(p.name, u.name) as owner from up join goal g on g.id = up.id "
        "left join person p on p.id = g.owner_person_id left join unit u on u.id = g.owner_unit_id order by 1, 2",
    ),
    Question(
        "page of 100 goals with count",
        "{goals(first:100,filter:{status:[ACTIVE]},orderBy:{field:DUE_DATE})"
        "{totalCount nodes{id title status progress health dueDate owner{name} unit{name}}}}",
        "select g.id, g.title, g.status, g.progress, g.due_date, coalesce(p.name, u.name) as owner, n.name as unit, "
        "(select count(*) from goal where status = 'ACTIVE') as total from goal g "
        "left join person p on p.id = g.owner_person_id left join unit u on u.id = g.owner_unit_id "
        "left join unit n on n.id = g.unit_id where g.status = 'ACTIVE' order by g.due_date, g.id limit 100",
    ),
    Question(
        "team with goals and last check-in",
        "{viewer{person{reports(first:50){nodes{name goals(first:20,filter:{status:[ACTIVE]})"
        "{nodes{title health progress checkIns(first:1){nodes{at note}}}}}}}}}",
        "select p.name, g.title, g.progress, c.at, c.note from person p join goal g on g.owner_person_id = p.id "
        "left join check_in c on c.id = (select max(id) from check_in where goal_id = g.id) "
        "where g.status = 'ACTIVE' and p.manager_id = (select manager_id from person group by manager_id "
        "order by count(*) desc limit 1)",
    ),
    Question(
        "tree below a strategic goal",
        "query($top:ID!){goal(id:$top){descendants(first:1000)"
        "{totalCount edges{depth node{id title level progress health owner{name}}}}}}",
        "with recursive down(id, depth) as (select id, 0 from goal where id = ? union all "
        "select g.id, down.depth + 1 from down join goal g on g.primary_parent_id = down.id) "
        "select g.id, g.title, g.level, g.progress, down.depth, coalesce(p.name, u.name) as owner "
        "from down join goal g on g.id = down.id left join person p on p.id = g.owner_person_id "
        "left join unit u on u.id = g.owner_unit_id order by down.depth, g.sort_key limit 1000",
    ),
    Question(
        "the same tree in columns",
        "query($top:ID!){goal(id:$top){cascade{ids parents titles levels health progress hidden}}}",
        "with recursive down(id) as (select id from goal where id = ? union all "
        "select g.id from down join goal g on g.primary_parent_id = down.id) "
        "select g.id, g.primary_parent_id, g.title, g.level, g.progress from down join goal g on g.id = down.id",
    ),
]
