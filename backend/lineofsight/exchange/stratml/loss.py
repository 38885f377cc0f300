"""What an export could not keep, or had to write otherwise than it stands in the graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing lost or altered: where in the document, its stable code and a sentence."""

    where: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.code}: {self.message}"


@dataclass(slots=True)
class LossReport:
    """Everything an export lost or altered; empty when the document says all the graph knows of the plan."""

    losses: list[Loss] = field(default_factory=list)

    def add(self, where: str, code: str, message: str) -> None:
        self.losses.append(Loss(where, code, message))

    def as_json(self) -> dict[str, Any]:
        return {"losses": [{"where": each.where, "code": each.code, "message": each.message} for each in self.losses]}

    def to_text(self) -> str:
        """A line for each loss; empty text when there is none."""
        return "\n".join(f"lost: {each}" for each in self.losses)
