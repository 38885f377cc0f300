"""A `Document` to bytes that are valid against the schema of its part, and the report of what that cost.

Children come in the schema's order. Empty elements are left out except those the schema requires.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from . import vocabulary as words
from .document import (
    Administrative,
    Document,
    Goal,
    Indicator,
    Instance,
    Objective,
    Organization,
    Part,
    Place,
    Relationship,
    Result,
    Role,
    Stakeholder,
    Statement,
    Submitter,
)
from .grammar import as_date, is_decimal
from .identifiers import Register, ncname
from .loss import LossReport
from .output import Output

# URI-reference of RFC 3986, characters beyond ASCII allowed as in IRIs (RFC 3987).
_PLAIN: Final = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})"
_URI: Final = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9+.\-]*:|(?![^/?#]*:))(?://(?:(?:{_PLAIN}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{_PLAIN}*)(?::\d{{0,9}})?(?=[/?#]|$))?"
    rf"(?:{_PLAIN}|[:@/])*(?:\?(?:{_PLAIN}|[:@/?])*)?(?:\#(?:{_PLAIN}|[:@/?])*)?"
)


def write(document: Document, losses: LossReport, part: Part | None = None) -> bytes:
    """The document as XML. `part` asks for a part; else it stays as it is, but indicators need Part 2."""
    return _Writer(document, losses, part).write()


def has_indicators(document: Document) -> bool:
    """Whether a goal or objective of the document has indicators, which only Part 2 can say."""
    return any(goal.indicators or any(each.indicators for each in goal.objectives) for goal in document.goals)


class _Writer:
    def __init__(self, document: Document, losses: LossReport, part: Part | None) -> None:
        self._document = document
        self._out = Output(losses)
        self._identifiers = Register()
        self._part: Part = part or (2 if has_indicators(document) else document.part)
        if self._part != document.part and part is None:
            self._out.lost("part-2", "Part 1 has no place for indicators: written as Part 2.")

    def write(self) -> bytes:
        document, out = self._document, self._out
        if self._part == 1:
            root, attributes = words.PART_1_ROOT, {"xmlns": words.PART_1_NAMESPACE}
        else:
            root, attributes = words.PART_2_ROOT, {"xmlns": words.PART_2_NAMESPACE, "Type": self._type()}
        with out.element(root, attributes):
            out.leaf("Name", document.name, required=True)
            out.leaf("Description", document.description)
            out.leaf("OtherInformation", document.other_information)
            with out.element("StrategicPlanCore"):
                self._core()
            submitter = document.submitter
            if self._part == 1:
                if document.administrative or submitter:
                    self._administrative(document.administrative or Administrative(), submitter)
            else:
                if document.administrative:
                    self._administrative(document.administrative, None)
                if submitter:
                    self._submitter(submitter)
        return out.encoded()

    def _type(self) -> str:
        return self._choice("Type", self._document.type, words.DOCUMENT_TYPES) or words.DOCUMENT_TYPES[0]

    def _core(self) -> None:
        for number, organization in enumerate(self._document.organizations, 1):
            self._organization(organization, f"organization {number}")
        self._statement("Vision", self._document.vision)
        self._statement("Mission", self._document.mission)
        for value in self._document.values:
            with self._out.element("Value"):
                self._out.leaf("Name", value.name)
                self._out.leaf("Description", value.description)
        if not self._document.goals:
            self._out.lost("no-goals", "A StratML document needs a goal; this one has none and is not valid.")
        for number, goal in enumerate(self._document.goals, 1):
            self._goal(goal, f"goal {number}")

    def _organization(self, organization: Organization, label: str) -> None:
        with self._out.element("Organization", label=label):
            self._out.leaf("Name", organization.name)
            self._out.leaf("Acronym", organization.acronym)
            self._identifier(organization.identifier)
            self._out.leaf("Description", organization.description)
            self._stakeholders(organization.stakeholders)
            self._places(organization.places)

    def _statement(self, name: str, statement: Statement | None) -> None:
        if statement:
            with self._out.element(name, label=name.lower()):
                self._out.leaf("Description", statement.description)
                self._identifier(statement.identifier)

    def _stakeholders(self, stakeholders: tuple[Stakeholder, ...]) -> None:
        for number, each in enumerate(stakeholders, 1):
            label = f"stakeholder {number}"
            type_ = self._choice("StakeholderTypeType", each.type, words.STAKEHOLDER_TYPES)
            with self._out.element("Stakeholder", {"StakeholderTypeType": type_}, label):
                self._out.leaf("Name", each.name, required=True)
                self._out.leaf("Description", each.description)
                if self._part == 2:
                    for role in each.roles:
                        self._role(role)
                elif each.roles:
                    self._out.lost("role", "Part 1 has no place for the roles of a stakeholder.")
                self._places(each.places)

    def _role(self, role: Role) -> None:
        with self._out.element("Role", label=f"role “{role.name}”"):
            self._out.leaf("Name", role.name, required=True)
            self._out.leaf("Description", role.description, required=True)
            types = [type_ for each in role.types if (type_ := self._choice("RoleType", each, words.ROLE_TYPES))]
            for type_ in types[:2]:
                self._out.leaf("RoleType", type_)
            if types[2:]:
                self._out.lost("role-type", f"A role takes two RoleTypes; left out: {', '.join(types[2:])}.")

    def _places(self, places: tuple[Place, ...]) -> None:
        for place in places:
            self._out.lost("place", f"The schema has no place for the Place “{place.name or place.identifier}”.")

    def _goal(self, goal: Goal, label: str) -> None:
        with self._out.element("Goal", label=label):
            self._out.leaf("Name", goal.name, required=True)
            self._out.leaf("Description", goal.description, required=True)
            self._body(goal)
            for number, objective in enumerate(goal.objectives, 1):
                self._objective(objective, f"objective {number}")
            if goal.indicators:
                carrier = Objective(other_information=words.GOAL_INDICATORS, indicators=goal.indicators)
                if self._part == 1:
                    self._no_indicators(goal.indicators)
                else:
                    self._objective(carrier, "indicators")

    def _objective(self, objective: Objective, label: str) -> None:
        with self._out.element("Objective", label=label):
            self._out.leaf("Name", objective.name)
            self._out.leaf("Description", objective.description)
            self._body(objective)
            if self._part == 1:
                self._no_indicators(objective.indicators)
            else:
                for number, indicator in enumerate(objective.indicators, 1):
                    self._indicator(indicator, f"indicator {number}")

    def _no_indicators(self, indicators: tuple[Indicator, ...]) -> None:
        for indicator in indicators:
            self._out.lost("indicator", f"Part 1 has no place for the indicator “{indicator.dimension}”.")

    def _body(self, element: Goal | Objective) -> None:
        self._identifier(element.identifier)
        self._out.leaf("SequenceIndicator", element.sequence)
        self._stakeholders(element.stakeholders)
        self._out.leaf("OtherInformation", element.other_information)
        self._places(element.places)

    def _indicator(self, indicator: Indicator, label: str) -> None:
        attributes = {
            "ValueChainStage": self._choice("ValueChainStage", indicator.stage, words.VALUE_CHAIN_STAGES),
            "PerformanceIndicatorType": self._choice("PerformanceIndicatorType", indicator.type, words.INDICATOR_TYPES),
        }
        with self._out.element("PerformanceIndicator", attributes, label):
            self._out.leaf("SequenceIndicator", indicator.sequence)
            self._out.leaf("MeasurementDimension", indicator.dimension, required=True)
            self._out.leaf("UnitOfMeasurement", indicator.unit, required=True)
            self._identifier(indicator.identifier)
            for number, relationship in enumerate(indicator.relationships, 1):
                self._relationship(relationship, f"relationship {number}")
            for number, instance in enumerate(indicator.instances, 1):
                self._instance(instance, f"instance {number}")
            self._out.leaf("OtherInformation", indicator.other_information)

    def _relationship(self, relationship: Relationship, label: str) -> None:
        type_ = self._choice("RelationshipType", relationship.type, words.RELATIONSHIP_TYPES)
        with self._out.element("Relationship", {"RelationshipType": type_}, label):
            self._identifier(relationship.identifier)
            for referent in relationship.referents:
                self._out.leaf("ReferentIdentifier", referent)
            self._out.leaf("Name", relationship.name)
            self._out.leaf("Description", relationship.description)

    def _instance(self, instance: Instance, label: str) -> None:
        with self._out.element("MeasurementInstance", label=label):
            for number, target in enumerate(instance.targets, 1):
                self._result("TargetResult", target, f"target {number}")
            for number, actual in enumerate(instance.actuals, 1):
                self._result("ActualResult", actual, f"result {number}")

    def _result(self, name: str, result: Result, label: str) -> None:
        with self._out.element(name, label=label):
            self._date("StartDate", result.start)
            self._date("EndDate", result.end)
            units = result.units
            if units and not is_decimal(units):
                self._out.lost("unreadable-number", f"NumberOfUnits “{units}” is not a number; left out.")
                units = ""
            self._out.leaf("NumberOfUnits", units)
            if result.descriptor_name or result.descriptor_value:
                with self._out.element("Descriptor"):
                    self._out.leaf("DescriptorName", result.descriptor_name)
                    self._out.leaf("DescriptorValue", result.descriptor_value)
            self._out.leaf("Description", result.description)

    def _administrative(self, about: Administrative, submitter: Submitter | None) -> None:
        with self._out.element("AdministrativeInformation", label="administrative information"):
            if self._part == 2:
                self._identifier(about.identifier)
            elif about.identifier:
                self._out.lost("identifier", f"Part 1 has no place for the plan's identifier {about.identifier}.")
            self._date("StartDate", about.start)
            self._date("EndDate", about.end)
            self._date("PublicationDate", about.publication)
            self._out.leaf("Source", self._uri(about.source))
            if submitter:
                self._submitter(submitter)

    def _submitter(self, submitter: Submitter) -> None:
        with self._out.element("Submitter", label="submitter"):
            if self._part == 2:
                self._identifier(submitter.identifier)
            elif submitter.identifier:
                self._out.lost("identifier", f"Part 1 has no place for the identifier {submitter.identifier}.")
            self._out.leaf("GivenName", submitter.given_name)
            self._out.leaf("Surname", submitter.surname)
            self._out.leaf("PhoneNumber", submitter.phone)
            self._out.leaf("EmailAddress", submitter.email)

    # Values the schema restricts.

    def _identifier(self, identifier: str) -> None:
        if not identifier:
            return
        written = self._identifiers.claim(identifier)
        if written != identifier:
            code = "identifier-changed" if written == ncname(identifier) else "identifier-suffixed"
            self._out.lost(code, f"Identifier “{identifier}” is written as {written}.")
        self._out.leaf("Identifier", written)

    def _choice(self, name: str, value: str, choices: tuple[str, ...]) -> str:
        if value in choices:
            return value
        if value:
            self._out.lost("unknown-value", f"{name} “{value}” is not in the schema; left out.")
        return ""

    def _date(self, name: str, text: str) -> None:
        if text and as_date(text) is None:
            self._out.lost("unreadable-date", f"{name} “{text}” is not a date; left out.")
            text = ""
        self._out.leaf(name, text)

    def _uri(self, source: str) -> str:
        if _URI.fullmatch(source):
            return source
        written = quote(source, safe="!#$&'()*+,/:;=?@~%")
        if not _URI.fullmatch(written):
            written = quote(source, safe="")
        self._out.lost("source-changed", f"Source “{source}” is not a URI; written as {written}.")
        return written
