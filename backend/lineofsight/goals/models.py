"""Goals of every level, what measures them, how they align, and what was reported on them."""

from tortoise import fields
from tortoise.models import Model

from lineofsight.goals.words import (
    AlignmentType,
    Ambition,
    Cadence,
    Direction,
    GoalKind,
    GoalLevel,
    GoalMethod,
    GoalOrigin,
    GoalOutcome,
    GoalStatus,
    Health,
    Horizon,
    OwnView,
    ProgressSource,
    ValueSource,
    Visibility,
)
from lineofsight.kernel.fields import OrderedText, json, reference


class Goal(Model):
    """A wanted result with an owner and a period.

    Exactly one of ``owner_person`` and ``owner_unit`` is set. Facts for rules, kept by goals.facts: ``unit``,
    ``unit_path`` (the owning unit, or its owner's), ``owner_position_id`` and ``owner_line`` (the owner's position, or
    the owning unit's lead position; 0 and "" where there is none), ``lead_position_id`` (of goals that units own,
    else 0).
    Kept by goals.alignment: ``primary_parent``, ``plan``, ``is_linked``. Kept by goals.progress: ``progress`` to
    ``first_due_on``, and the goal's PaceSegments.
    """

    id = fields.BigIntField(primary_key=True)
    title = fields.TextField()
    sort_key = OrderedText()
    description = fields.TextField(null=True)
    level = fields.CharEnumField(GoalLevel, max_length=20)
    kind = fields.CharEnumField(GoalKind, max_length=10, default=GoalKind.OUTCOME)
    method = fields.CharEnumField(GoalMethod, max_length=6, null=True)
    ambition = fields.CharEnumField(Ambition, max_length=14, default=Ambition.COMMITTED)
    horizon = fields.CharEnumField(Horizon, max_length=12, default=Horizon.ANNUAL)
    origin = fields.CharEnumField(GoalOrigin, max_length=10, null=True)
    visibility = fields.CharEnumField(Visibility, max_length=8, default=Visibility.AGENCY)
    status = fields.CharEnumField(GoalStatus, max_length=10, default=GoalStatus.DRAFT)
    outcome = fields.CharEnumField(GoalOutcome, max_length=10, null=True)
    cycle = reference("Cycle", null=True)
    cycle_id: int | None
    owner_person = reference("Person", null=True)
    owner_person_id: int | None
    owner_unit = reference("Unit", null=True)
    owner_unit_id: int | None
    author = reference("Person", null=True)
    author_id: int | None
    pillar = reference("Pillar", null=True)
    pillar_id: int | None
    mandate = reference("Mandate", null=True)
    mandate_id: int | None
    start_date = fields.DateField(null=True)
    due_date = fields.DateField(null=True)
    cadence = fields.CharEnumField(Cadence, max_length=10, default=Cadence.MONTHLY)
    weight_bp = fields.IntField(null=True)
    unaligned_reason = fields.TextField(null=True)
    return_reason = fields.TextField(null=True)  # why it was sent back, until it is proposed again
    own_view = fields.CharEnumField(OwnView, max_length=10, null=True)
    sequence = fields.TextField(null=True)  # its number in the plan, verbatim: "1.2", "EX2.1"
    source = json(null=True)  # what its imported document holds beyond our columns
    activated_on = fields.DateField(null=True)
    closed_on = fields.DateField(null=True)
    closed_health = fields.CharEnumField(Health, max_length=10, null=True)

    unit = reference("Unit", null=True)
    unit_id: int | None
    unit_path = OrderedText(default="")
    owner_position_id = fields.BigIntField(default=0)
    owner_line = OrderedText(default="")
    lead_position_id = fields.BigIntField(default=0)

    primary_parent = reference("Goal", null=True)
    primary_parent_id: int | None
    plan = reference("Plan", null=True)
    plan_id: int | None
    is_linked = fields.BooleanField(default=False)

    progress_choice = fields.CharEnumField(ProgressSource, max_length=10, null=True)  # null: what it has decides
    progress = fields.FloatField(null=True)
    progress_source = fields.CharEnumField(ProgressSource, max_length=10, default=ProgressSource.NONE)
    manual_progress = fields.FloatField(null=True)
    counted = fields.IntField(null=True)
    total = fields.IntField(null=True)
    observed_on = fields.DateField(null=True)  # the last check-in or value
    stale_on = fields.DateField(null=True)  # the first day it needs an update
    first_due_on = fields.DateField(null=True)  # the day its first value is due

    version = fields.IntField(default=1)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "goal"
        indexes = (
            ("owner_person_id", "status"),
            ("owner_unit_id", "status"),
            ("unit_id", "status", "due_date", "id"),
            ("unit_path",),
            ("owner_line",),
            ("primary_parent_id",),
            ("status", "due_date", "id"),
            ("sort_key", "id"),
            ("plan_id", "level"),
        )


class PaceSegment(Model):
    """A straight piece of a goal's expected progress: from ``from_day`` up to, not including, ``to_day``.

    Days are proleptic ordinals (``date.toordinal``); before the first piece 0 is expected, after the last 1.
    """

    id = fields.BigIntField(primary_key=True)
    goal = reference("Goal")
    goal_id: int
    from_day = fields.IntField()
    to_day = fields.IntField()
    from_value = fields.FloatField()
    to_value = fields.FloatField()

    class Meta:
        table = "pace_segment"
        unique_together = (("goal", "from_day"),)


class Contributor(Model):
    """A person or a unit that helps on a goal; ``share_bp``: its part of a joint outcome, in ten-thousandths."""

    id = fields.BigIntField(primary_key=True)
    goal = reference("Goal")
    goal_id: int
    person = reference("Person", null=True)
    person_id: int | None
    unit = reference("Unit", null=True)
    unit_id: int | None
    share_bp = fields.IntField(null=True)

    class Meta:
        table = "contributor"
        unique_together = (("goal", "person"), ("goal", "unit"))


class Alignment(Model):
    """What ``child`` is to ``parent``; in force while ``valid_to`` is null. CONFLICTS_WITH is stored once a pair."""

    id = fields.BigIntField(primary_key=True)
    child = reference("Goal")
    child_id: int
    parent = reference("Goal")
    parent_id: int
    type = fields.CharEnumField(AlignmentType, max_length=14)
    is_primary = fields.BooleanField(default=False)
    weight_bp = fields.IntField(null=True)  # relative: 10000 is the usual weight of 1
    reason = fields.TextField(null=True)
    author = reference("Person", null=True)
    author_id: int | None
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "alignment"
        indexes = (("parent_id", "type", "valid_to"), ("child_id", "type", "valid_to"))


class MetricDefinition(Model):
    """What several goals measure alike; it holds the observations by (period, source)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    description = fields.TextField(null=True)
    unit_of_measure = fields.TextField(null=True)
    steward = reference("Person", null=True)
    steward_id: int | None
    source_system = fields.TextField(null=True)
    source = json(null=True)

    class Meta:
        table = "metric_definition"


class Metric(Model):
    """A goal's measure. ``current`` to ``observed_on`` are kept by goals.progress from the observations."""

    id = fields.BigIntField(primary_key=True)
    goal = reference("Goal")
    goal_id: int
    definition = reference("MetricDefinition")
    definition_id: int
    name = fields.TextField()
    ordinal = fields.IntField(default=0)
    direction = fields.CharEnumField(Direction, max_length=10)
    unit_of_measure = fields.TextField(null=True)
    weight_bp = fields.IntField(null=True)
    baseline = fields.FloatField(null=True)
    commit = fields.FloatField(null=True)
    target = fields.FloatField(null=True)
    stretch = fields.FloatField(null=True)
    target_text = fields.TextField(null=True)
    lower_bound = fields.FloatField(null=True)
    upper_bound = fields.FloatField(null=True)
    tolerance = fields.FloatField(null=True)
    source = json(null=True)
    current = fields.FloatField(null=True)
    progress = fields.FloatField(null=True)
    attainment = fields.FloatField(null=True)
    observed_on = fields.DateField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "metric"


class MetricTarget(Model):
    """A metric's target for one period, where it has targets by period."""

    id = fields.BigIntField(primary_key=True)
    metric = reference("Metric")
    metric_id: int
    period = fields.CharField(max_length=12)
    period_end = fields.DateField()
    baseline = fields.FloatField(null=True)
    target = fields.FloatField(null=True)
    target_text = fields.TextField(null=True)
    lower_bound = fields.FloatField(null=True)
    upper_bound = fields.FloatField(null=True)
    source = json(null=True)

    class Meta:
        table = "metric_target"
        unique_together = (("metric", "period"),)


class MetricValue(Model):
    """An observation of a definition for one period from one source.

    ``text``: the value as it was written. A later value of the same period and source supersedes it; both are kept.
    """

    id = fields.BigIntField(primary_key=True)
    definition = reference("MetricDefinition")
    definition_id: int
    period = fields.CharField(max_length=12)
    period_end = fields.DateField()
    value = fields.FloatField(null=True)
    text = fields.TextField(null=True)
    source = fields.CharEnumField(ValueSource, max_length=10)
    recorded_at = fields.DatetimeField()
    author = reference("Person", null=True)
    author_id: int | None
    superseded = fields.BooleanField(default=False)
    details = json(null=True)  # what its imported document holds beyond our columns

    class Meta:
        table = "metric_value"
        indexes = (("definition_id", "superseded", "period_end", "id"),)


class Milestone(Model):
    """A dated, weighted checkpoint, done or not."""

    id = fields.BigIntField(primary_key=True)
    goal = reference("Goal")
    goal_id: int
    title = fields.TextField()
    due_date = fields.DateField(null=True)
    weight_bp = fields.IntField(null=True)
    done_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "milestone"


class CheckIn(Model):
    """A dated update of a goal. ``on_behalf_of``: whose words a supervisor wrote down."""

    id = fields.BigIntField(primary_key=True)
    goal = reference("Goal")
    goal_id: int
    at = fields.DatetimeField()
    author = reference("Person", null=True)
    author_id: int | None
    on_behalf_of = reference("Person", null=True)
    on_behalf_of_id: int | None
    metric = reference("Metric", null=True)
    metric_id: int | None
    metric_value = reference("MetricValue", null=True)
    metric_value_id: int | None
    milestone = reference("Milestone", null=True)
    milestone_id: int | None
    value = fields.FloatField(null=True)
    text = fields.TextField(null=True)
    progress = fields.FloatField(null=True)
    confidence = fields.IntField(null=True)
    note = fields.TextField(null=True)
    blocker = fields.TextField(null=True)
    view = fields.CharEnumField(OwnView, max_length=10, null=True)

    class Meta:
        table = "check_in"
        indexes = (("goal_id", "at", "id"),)
