"""The columns of a staff list, and the names they go by in the exports of HR systems."""

from lineofsight.exchange.tables.fields import Layout, named

LAYOUT = Layout(
    "people",
    (
        named(
            "employee_id",
            "the person's key",
            "employee number, employee no, emp id, emp no, empid, person id, person number, staff id, "
            "staff number, worker id, worker, personnel number, payroll number, user id, external id, id, "
            "número de empleado",
        ),
        named(
            "name",
            "the person's full name",
            "full name, employee name, display name, person name, worker name, staff name, employee, "
            "legal name, nombre completo",
        ),
        named(
            "first_name",
            "given name, with last_name instead of name",
            "given name, forename, first, preferred name, nombre",
        ),
        named(
            "last_name",
            "family name",
            "family name, surname, last, apellido, apellidos",
        ),
        named(
            "email",
            "e-mail address",
            "e-mail, email address, work email, mail, business email, primary work email, work e-mail, "
            "user principal name, upn, correo electrónico, correo",
        ),
        named(
            "job_title",
            "title of the position",
            "title, position title, job, business title, position name, role, job name, puesto, cargo",
        ),
        named(
            "position_id",
            "the position's own key",
            "position number, position no, post id, post number, position code, position",
        ),
        named(
            "manager_id",
            "employee_id of the manager",
            "manager employee id, manager number, supervisor id, supervisor employee id, manager emp id, "
            "reports to id, line manager id, manager worker id, supervisor number, mgr id, mgr",
        ),
        named(
            "manager_email",
            "e-mail of the manager",
            "manager e-mail, supervisor email, reports to email, line manager email, manager email address",
        ),
        named(
            "manager_name",
            "name of the manager, where it is unique",
            "manager, supervisor, reports to, line manager, supervisor name, reporting manager, jefe",
        ),
        named(
            "superior_position_id",
            "position_id of the superior position",
            "reports to position, parent position, supervisor position, superior position, manager "
            "position, reports to position id, supervisor position id, parent position id",
        ),
        named(
            "unit",
            "name of the unit",
            "department, department name, org unit, organizational unit, organisation unit, unit name, "
            "division, team, organization, organisation, office, departamento, unidad",
        ),
        named(
            "unit_code",
            "code of the unit",
            "department code, department id, org code, org unit code, cost center, cost centre, dept id, "
            "dept code, organization code",
        ),
        named(
            "parent_unit",
            "name of the unit above",
            "parent department, parent organization, parent org, business unit, agency, bureau, directorate",
        ),
        named(
            "hired_on",
            "first day",
            "hire date, start date, date hired, date of hire, joined, hired",
        ),
        named(
            "ended_on",
            "last day",
            "termination date, end date, leaving date, last day, separation date, leave date",
        ),
        named(
            "fte",
            "posts the position stands for",
            "headcount, full time equivalent, fte percent, number of posts in fte",
        ),
        named(
            "grade",
            "grade",
            "pay grade, job grade, grade level, gs level, band",
        ),
    ),
    needs=(
        (("name",), ("first_name", "last_name")),
        (("employee_id",), ("email",), ("position_id",)),
    ),
)
