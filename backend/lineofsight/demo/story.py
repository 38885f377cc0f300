"""What happened on a goal since it began: values, milestones done, check-ins with their notes."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from .course import judgments_of, numbers_of
from .dates import period_of, report_days
from .facts import CheckIn, Goal, Metric, Mood, OwnView, Value
from .figures import counted, shown
from .text import UnitBlock, sentences

USUAL_AGE = {"WEEKLY": (0, 6), "MONTHLY": (1, 29), "QUARTERLY": (3, 86), "YEARLY": (20, 300)}
LATE_AGE = {"WEEKLY": (16, 40), "MONTHLY": (42, 110), "QUARTERLY": (104, 170), "YEARLY": (380, 500)}


class Teller:
    """Tells the story of every goal, choosing the sentences used least so far."""

    def __init__(self, rng: Random, today: date, blocks: Mapping[str, UnitBlock]) -> None:
        self.rng = rng
        self.today = today
        self.blocks = blocks
        self.spoken: Counter[str] = Counter()
        self.here: set[str] = set()
        """What was said on the goal being told."""

    def tell(self, goal: Goal, author: int) -> None:
        """Fills in the goal's values, milestones and check-ins; `author` writes them."""
        if goal.mood == "NO_DATA" or (goal.mood == "PENDING" and goal.milestones):
            return
        end = min(goal.closed or self.today, goal.due if goal.closed else goal.due + timedelta(days=20))
        low, high = (LATE_AGE if goal.mood == "OUTDATED" else USUAL_AGE)[goal.cadence]
        last = goal.last_check_in or (end - timedelta(days=self.rng.randint(low, high)))
        if goal.closed:
            last = min(goal.closed, goal.due) - timedelta(days=self.rng.randint(0, 6))
        if last < goal.start + timedelta(days=2):
            return
        self.here = set()
        days = report_days(self.rng, goal.start, last, goal.cadence)
        if goal.level == "INDIVIDUAL" and len(days) > 3:
            days = [d for d in days[:-2] if self.rng.random() < 0.8] + days[-2:]
        if goal.milestones:
            self._steps(goal, author, days, end)
        elif goal.metric:
            self._values(goal, goal.metric, author, days, end)
        elif goal.source == "MANUAL":
            self._judgments(goal, author, days, end)

    def _values(self, goal: Goal, metric: Metric, author: int, days: list[date], end: date) -> None:
        numbers = numbers_of(self.rng, goal, metric, days, end)
        fed = goal.level in ("STRATEGIC_OBJECTIVE", "UNIT") and self.rng.random() < 0.5
        source = self.rng.choice(("API", "IMPORT")) if fed else "MANUAL"
        previous: float | None = None
        for place, (day, number) in enumerate(zip(days, numbers, strict=True)):
            period, first, last = period_of(day, goal.cadence)
            metric.values.append(Value(period, first, last, number, day, source))  # type: ignore[arg-type]
            final = place == len(days) - 1
            if not fed or final or self.rng.random() < 0.4:
                mood = goal.mood if final or goal.mood in ("AT_RISK", "OFF_TRACK") else "ON_TRACK"
                check_in = CheckIn(
                    day,
                    author,
                    self._note(goal, metric, previous, number, mood, final),
                    self._confidence(mood),
                    self._view(mood),
                )
                check_in.value = None if fed else number
                self._block(check_in, mood)
                goal.check_ins.append(check_in)
            previous = number

    def _judgments(self, goal: Goal, author: int, days: list[date], end: date) -> None:
        for day, share in zip(days, judgments_of(self.rng, goal, days, end), strict=True):
            kind = "manual_done" if share >= 1 else "manual"
            note = self._join(self._pick(kind, share=f"{share:.0%}"), goal, good=goal.mood != "OFF_TRACK")
            check_in = CheckIn(day, author, note, self._confidence(goal.mood), self._view(goal.mood))
            check_in.progress = share
            self._block(check_in, goal.mood)
            goal.check_ins.append(check_in)

    def _steps(self, goal: Goal, author: int, days: list[date], end: date) -> None:
        reached = [m for m in goal.milestones if m.due <= end]
        missing = {"ON_TRACK": 0, "PENDING": 0, "AT_RISK": 1, "OFF_TRACK": 2, "OUTDATED": 1, "NO_DATA": 0}[
            goal.mood
        ]
        if goal.outcome:
            reached = list(goal.milestones)
            missing = {"ACHIEVED": 0, "PARTIAL": 1, "MISSED": 2, "DROPPED": 3}[goal.outcome]
        done = max(0, len(reached) - missing)
        if (
            goal.mood == "ON_TRACK"
            and not goal.outcome
            and done < len(goal.milestones)
            and self.rng.random() < 0.25
        ):
            done += 1
        for place, milestone in enumerate(goal.milestones[:done]):
            wish = milestone.due + timedelta(days=self.rng.randint(-14, 9))
            possible = [d for d in days if d >= wish] or days[-1:]
            milestone.done = max(possible[0], goal.start)
            previous = goal.milestones[place - 1].done if place else None
            if previous:
                milestone.done = max(milestone.done, previous)
            if place >= len(reached) and milestone.done == previous:
                milestone.done = None  # ahead of its date, but not on the day of the one before
        for place, day in enumerate(days):
            final = place == len(days) - 1
            finished = [i for i, m in enumerate(goal.milestones) if m.done == day]
            check_in = CheckIn(day, author, "", self._confidence(goal.mood), self._view(goal.mood))
            if finished:
                check_in.milestone = finished[-1]
                milestone = goal.milestones[finished[-1]]
                late = (day - milestone.due).days > 14
                head = self._pick("step_late" if late else "step", milestone=milestone.title)
                check_in.note = self._join(head, goal, good=not late)
            else:
                waiting = next((m for m in goal.milestones if m.done is None or m.done > day), None)
                if waiting is None:
                    continue
                late = waiting.due < day
                head = self._pick("stuck" if late else "wait", milestone=waiting.title)
                check_in.note = self._join(head, goal, good=not late)
                if final:
                    self._block(check_in, goal.mood)
            goal.check_ins.append(check_in)

    def _note(
        self, goal: Goal, metric: Metric, previous: float | None, now: float, mood: Mood, final: bool
    ) -> str:
        unit, decimals = metric.unit_of_measure, 2
        words = {"now": counted(now, unit, decimals)}
        if metric.direction == "MAINTAIN":
            inside = (metric.lower is None or now >= metric.lower) and (
                metric.upper is None or now <= metric.upper
            )
            return self._join(self._pick("in_band" if inside else "out_band", **words), goal, good=inside)
        assert metric.target is not None
        up = metric.direction == "INCREASE"
        words["target"] = counted(metric.target, unit, decimals)
        left = abs(metric.target - now)
        words["left"] = (
            f"{shown(left, 2)} {'point' if shown(left, 2) == '1' else 'points'}"
            if unit == "%"
            else (counted(left, unit, decimals))
        )
        if (now >= metric.target) if up else (now <= metric.target):
            return self._join(self._pick("met" if now == metric.target else "past", **words), goal, good=True)
        if previous is None:
            return self._join(self._pick("first", **words), goal, good=True, alone=True)
        words["prev"] = counted(previous, unit, 2) if unit == "%" else shown(previous, 2)
        words["Up"] = "Up" if now > previous else "Down"
        if now == previous:
            return self._join(self._pick("same", **words), goal, good=False)
        if (now > previous) != up:
            return self._join(self._pick("down", **words), goal, good=False)
        if mood in ("AT_RISK", "OFF_TRACK") and (final or self.rng.random() < 0.5):
            return self._join(self._pick("slow", **words), goal, good=False)
        kind = "up_i" if goal.level == "INDIVIDUAL" else "up_u"
        return self._join(self._pick(kind, **words), goal, good=True)

    def _pick(self, kind: str, **words: str) -> str:
        return self._least(list(sentences(kind))).format(**words)

    def _least(self, choices: list[str]) -> str:
        drawn = self.rng.sample(choices, min(3, len(choices)))
        choice = min(drawn, key=lambda text: (text in self.here, self.spoken[text]))
        self.spoken[choice] += 1
        self.here.add(choice)
        return choice

    def _join(self, head: str, goal: Goal, *, good: bool, alone: bool = False) -> str:
        parts = [head]
        block = self.blocks.get(goal.subject or "")
        if not alone and self.rng.random() < 0.55:
            own = (block.good if good else block.bad) if block else []
            if own and self.rng.random() < 0.4:
                parts.append(self._least(own))
            else:
                parts.append(self._least(list(sentences("good_any" if good else "bad_any"))))
        if self.rng.random() < (0.15 if good else 0.4):
            own = block.next if block and self.rng.random() < 0.2 else []
            parts.append(self._least(own or list(sentences("next_any"))))
        return " ".join(parts)

    def _confidence(self, mood: Mood) -> int:
        choices = {"ON_TRACK": (4, 4, 5, 5, 3), "AT_RISK": (3, 3, 2, 4), "OFF_TRACK": (2, 2, 1, 3)}
        return self.rng.choice(choices.get(mood, (3, 4, 4)))

    def _view(self, mood: Mood) -> OwnView:
        if mood == "OFF_TRACK":
            return "OFF_TRACK" if self.rng.random() < 0.6 else "AT_RISK"
        if mood == "AT_RISK":
            return "AT_RISK" if self.rng.random() < 0.65 else "ON_TRACK"
        return "ON_TRACK" if self.rng.random() < 0.92 else "AT_RISK"

    def _block(self, check_in: CheckIn, mood: Mood) -> None:
        if mood in ("AT_RISK", "OFF_TRACK") and self.rng.random() < 0.3:
            check_in.blocker = self._least(list(sentences("blocker")))
