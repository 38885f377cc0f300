"""Bytes to a `Document`, as forgiving as real files need.

Any of the four namespaces or none, any order of children, the names older versions used, empty shells
dropped. What is not understood is left out and remarked, never guessed.
"""

from __future__ import annotations

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
    Value,
)
from .grammar import Finding, Found, Grammar, unless_empty
from .markup import SPACE, Element, Unreadable, parse


def read(data: bytes) -> tuple[Document, list[Finding]]:
    """The document in `data` and what there is to remark, in the order of the file; else `Unreadable`."""
    root = parse(data)
    reader = _Reader(Grammar())
    document = reader.document(root)
    return document, reader.finish()


class _Reader:
    """One method an element, top down; None stands for an empty shell."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._typed_shells: list[Element] = []

    def finish(self) -> list[Finding]:
        if shells := self._typed_shells:
            message = f"{len(shells)} stakeholders have a type but neither name nor description; left out."
            self.grammar.remark(shells[0], "empty-stakeholder", message)
        self.grammar.finish()
        return sorted(self.grammar.findings, key=lambda finding: finding.line)

    def document(self, root: Element) -> Document:
        part = self._part(root)
        parts = self.grammar.open(
            root,
            "Name Description OtherInformation StrategicPlanCore AdministrativeInformation Submitter",
            ("Type",) if part == 2 else (),
        )
        core = parts.one("StrategicPlanCore")
        if core is None:
            raise Unreadable(root.line, root.column, "no-core", "The document has no StrategicPlanCore.")
        inside = self.grammar.open(core, "Organization Vision Mission Value Goal")
        type_ = parts.choice("Type", words.DOCUMENT_TYPES)
        if part == 2 and not type_:
            self.grammar.remark(root, "no-type", "The document does not say its Type; read as Strategic_Plan.")
        about = parts.maybe("AdministrativeInformation", self._administrative)
        administrative, inner_submitter = about or (None, None)
        document = Document(
            part=part,
            type=type_,
            name=parts.text("Name"),
            description=parts.text("Description"),
            other_information=parts.text("OtherInformation"),
            organizations=inside.each("Organization", self._organization),
            vision=inside.maybe("Vision", self._statement),
            mission=inside.maybe("Mission", self._statement),
            values=inside.each("Value", self._value),
            goals=inside.each("Goal", self._goal),
            administrative=administrative,
            submitter=parts.maybe("Submitter", self._submitter) or inner_submitter,
            line=root.line,
        )
        if not document.name:
            raise Unreadable(root.line, root.column, "no-name", "The plan has no Name.")
        if not document.goals:
            self.grammar.remark(core, "no-goals", "The plan has no goals.")
        return document

    def _part(self, root: Element) -> Part:
        if root.name not in (words.PART_1_ROOT, words.PART_2_ROOT):
            roots = f"{words.PART_1_ROOT} or {words.PART_2_ROOT}"
            message = f"The root element is <{root.name}>, not {roots}: no StratML."
            raise Unreadable(root.line, root.column, "not-stratml", message)
        if not root.namespace:
            self.grammar.remark(root, "no-namespace", "The document has no namespace; read as StratML all the same.")
        elif root.namespace not in words.NAMESPACES:
            message = f"The namespace {root.namespace} is none of StratML's."
            raise Unreadable(root.line, root.column, "not-stratml", message)
        return 1 if root.name == words.PART_1_ROOT else 2

    def _administrative(self, element: Element) -> tuple[Administrative | None, Submitter | None]:
        parts = self.grammar.open(element, "Identifier StartDate EndDate PublicationDate Source Submitter")
        found = Administrative(
            identifier=parts.identifier(),
            start=parts.date("StartDate"),
            end=parts.date("EndDate"),
            publication=parts.date("PublicationDate"),
            source=parts.token("Source"),
            line=element.line,
        )
        self.grammar.check_period(element, found.start, found.end)
        return unless_empty(found, Administrative()), parts.maybe("Submitter", self._submitter)

    def _submitter(self, element: Element) -> Submitter | None:
        parts = self.grammar.open(element, "Identifier GivenName Surname PhoneNumber EmailAddress")
        found = Submitter(
            identifier=parts.identifier(),
            given_name=parts.text("GivenName"),
            surname=parts.text("Surname"),
            phone=parts.text("PhoneNumber"),
            email=parts.text("EmailAddress"),
            line=element.line,
        )
        return unless_empty(found, Submitter())

    def _organization(self, element: Element) -> Organization | None:
        parts = self.grammar.open(element, "Name Acronym Identifier Description Stakeholder Place")
        found = Organization(
            name=parts.text("Name"),
            acronym=parts.text("Acronym"),
            identifier=parts.identifier(),
            description=parts.text("Description"),
            stakeholders=parts.each("Stakeholder", self._stakeholder),
            places=parts.each("Place", self._place),
            line=element.line,
        )
        return unless_empty(found, Organization())

    def _stakeholder(self, element: Element) -> Stakeholder | None:
        parts = self.grammar.open(element, "Name Description Role Place", ("StakeholderTypeType",))
        found = Stakeholder(
            name=parts.text("Name"),
            description=parts.text("Description"),
            type=parts.choice("StakeholderTypeType", words.STAKEHOLDER_TYPES),
            roles=parts.each("Role", self._role),
            places=parts.each("Place", self._place),
            line=element.line,
        )
        if found != Stakeholder(type=found.type):
            return found
        if found.type:
            self._typed_shells.append(element)
        return None

    def _role(self, element: Element) -> Role | None:
        parts = self.grammar.open(element, "Name Description RoleType")
        types = []
        for each in parts.all("RoleType"):
            if type_ := each.text.strip(SPACE):
                types.append(type_)
                if type_ not in words.ROLE_TYPES:
                    self.grammar.remark(each, "unknown-value", f"RoleType “{type_}” is not known; kept as text.")
        found = Role(parts.text("Name"), parts.text("Description"), tuple(types), element.line)
        return unless_empty(found, Role())

    def _place(self, element: Element) -> Place | None:
        parts = self.grammar.open(element, "Name PlaceIdentifier")
        return unless_empty(Place(parts.text("Name"), parts.token("PlaceIdentifier"), element.line), Place())

    def _statement(self, element: Element) -> Statement | None:
        parts = self.grammar.open(element, "Description Identifier")
        return unless_empty(Statement(parts.text("Description"), parts.identifier(), element.line), Statement())

    def _value(self, element: Element) -> Value | None:
        parts = self.grammar.open(element, "Name Description")
        return unless_empty(Value(parts.text("Name"), parts.text("Description"), element.line), Value())

    def _goal(self, element: Element) -> Goal | None:
        parts = self.grammar.open(
            element,
            "Name Description Identifier SequenceIndicator Stakeholder OtherInformation Objective Place",
        )
        identifier = parts.identifier()
        objectives = parts.each("Objective", self._objective)
        found = Goal(
            name=parts.text("Name"),
            description=parts.text("Description"),
            identifier=identifier,
            sequence=parts.text("SequenceIndicator"),
            stakeholders=parts.each("Stakeholder", self._stakeholder),
            other_information=parts.text("OtherInformation"),
            objectives=tuple(each for each in objectives if not _carries_indicators(each)),
            indicators=tuple(one for each in objectives if _carries_indicators(each) for one in each.indicators),
            places=parts.each("Place", self._place),
            line=element.line,
        )
        return self._said(element, found, Goal())

    def _objective(self, element: Element) -> Objective | None:
        parts = self.grammar.open(
            element,
            "Name Description Identifier SequenceIndicator Stakeholder OtherInformation PerformanceIndicator Place",
        )
        found = Objective(
            name=parts.text("Name"),
            description=parts.text("Description"),
            identifier=parts.identifier(),
            sequence=parts.text("SequenceIndicator"),
            stakeholders=parts.each("Stakeholder", self._stakeholder),
            other_information=parts.text("OtherInformation"),
            indicators=parts.each("PerformanceIndicator", self._indicator),
            places=parts.each("Place", self._place),
            line=element.line,
        )
        return self._said(element, found, Objective())

    def _indicator(self, element: Element) -> Indicator | None:
        parts = self.grammar.open(
            element,
            "SequenceIndicator MeasurementDimension UnitOfMeasurement Identifier Relationship "
            "MeasurementInstance OtherInformation",
            ("ValueChainStage", "PerformanceIndicatorType"),
        )
        found = Indicator(
            dimension=parts.text("MeasurementDimension"),
            unit=parts.text("UnitOfMeasurement"),
            identifier=parts.identifier(),
            sequence=parts.text("SequenceIndicator"),
            stage=parts.choice("ValueChainStage", words.VALUE_CHAIN_STAGES),
            type=parts.choice("PerformanceIndicatorType", words.INDICATOR_TYPES),
            relationships=parts.each("Relationship", self._relationship),
            instances=parts.each("MeasurementInstance", self._instance),
            other_information=parts.text("OtherInformation"),
            line=element.line,
        )
        results = (result for each in found.instances for result in (*each.targets, *each.actuals))
        silent = all(result == Result() for result in results)
        return self._said(element, found, Indicator(instances=found.instances) if silent else Indicator())

    def _relationship(self, element: Element) -> Relationship | None:
        parts = self.grammar.open(element, "Identifier ReferentIdentifier Name Description", ("RelationshipType",))
        found = Relationship(
            type=parts.choice("RelationshipType", words.RELATIONSHIP_TYPES),
            identifier=parts.identifier(),
            referents=tuple(text for each in parts.all("ReferentIdentifier") if (text := each.text.strip(SPACE))),
            name=parts.text("Name"),
            description=parts.text("Description"),
            line=element.line,
        )
        return unless_empty(found, Relationship())

    def _instance(self, element: Element) -> Instance:
        parts = self.grammar.open(element, "TargetResult ActualResult")
        return Instance(
            parts.each("TargetResult", self._result), parts.each("ActualResult", self._result), element.line
        )

    def _result(self, element: Element) -> Result:
        parts = self.grammar.open(element, "StartDate EndDate NumberOfUnits Descriptor Description")
        descriptor = parts.maybe("Descriptor", self._descriptor) or ("", "")
        found = Result(
            start=parts.date("StartDate"),
            end=parts.date("EndDate"),
            units=parts.number("NumberOfUnits"),
            descriptor_name=descriptor[0],
            descriptor_value=descriptor[1],
            description=parts.text("Description"),
            line=element.line,
        )
        self.grammar.check_period(element, found.start, found.end)
        return found

    def _descriptor(self, element: Element) -> tuple[str, str]:
        parts = self.grammar.open(element, "DescriptorName DescriptorValue")
        return parts.text("DescriptorName"), parts.text("DescriptorValue")

    def _said(self, element: Element, found: Found, empty: Found) -> Found | None:
        """`found`, unless it says nothing: then it is left out with a remark, for it will be missed in the count."""
        if found != empty:
            return found
        self.grammar.remark(element, "empty-element", f"The {element.name} is empty; left out.")
        return None


def _carries_indicators(objective: Objective) -> bool:
    return objective.other_information == words.GOAL_INDICATORS
