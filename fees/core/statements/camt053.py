"""ISO 20022 camt.053 (001.02 and 001.08), read with expat and no document type at all.

A document type declaration is what external entities and entity bombs need, so none is allowed: it
is refused before anything of it is read. Entries are turned into movements as they end, so that
memory does not grow with the file. Only booked entries count; a batch whose details carry amounts
becomes one movement a detail, and they must add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from fees.core.statements.cells import read_day, read_fen
from fees.core.statements.shapes import (
    DEFAULT_LIMITS,
    BadStatement,
    BankLine,
    Direction,
    FileLimits,
    ParsedStatement,
    check_balances,
    check_size,
)
from regulator.kernel.money import format_yuan

_NAMESPACES = tuple(f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{n}" for n in ("02", "08"))
_SEPARATOR = " "
_DIRECTIONS = {"CRDT": Direction.IN, "DBIT": Direction.OUT}
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_NO_REFERENCE = ("NOTPROVIDED", "NONREF")


@dataclass
class _Element:
    tag: str
    line: int
    currency: str = ""
    text: str = ""
    children: list[_Element] = field(default_factory=list)

    def all(self, path: str) -> Iterator[_Element]:
        """Elements at a path of tags below this one."""
        head, _, rest = path.partition("/")
        for child in self.children:
            if child.tag == head:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def first(self, *paths: str) -> _Element | None:
        """The first element at any of the paths, in their order."""
        return next((one for path in paths for one in self.all(path)), None)

    def said(self, *paths: str) -> str:
        """The text of that element, empty where there is none."""
        found = self.first(*paths)
        return found.text.strip() if found else ""


def read_camt053(data: bytes, limits: FileLimits = DEFAULT_LIMITS) -> ParsedStatement:
    """The movements and balances of the file's one statement. Raises BadStatement."""
    check_size(data, limits)
    reading = _Reading(limits)
    reading.run(data)
    if reading.statements != 1:
        raise BadStatement("several", value=reading.statements)
    if not reading.lines and not reading.balances:
        raise BadStatement("empty")
    return check_balances(
        ParsedStatement(
            tuple(sorted(reading.lines, key=lambda line: line.value_on)),
            _balance_of(reading.balances, _OPENING),
            _balance_of(reading.balances, _CLOSING),
            reading.account,
        )
    )


class _Reading:
    """One pass over a file."""

    def __init__(self, limits: FileLimits) -> None:
        self.limits = limits
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.ExternalEntityRefHandler = self._refuse_entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.open: list[_Element] = []
        self.lines: list[BankLine] = []
        self.balances: list[_Element] = []
        self.account, self.statements = "", 0

    def run(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            place = {"line": error.lineno, "column": error.offset + 1}
            raise BadStatement("not_xml", **place) from error
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            raise BadStatement("not_xml", line=1, column=1) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise BadStatement("doctype", line=self.parser.CurrentLineNumber)

    def _refuse_entity(self, *_: object) -> int:
        raise BadStatement("doctype", line=self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) >= self.limits.depth:
            raise BadStatement("too_deep", line=line)
        namespace, _, tag = name.rpartition(_SEPARATOR)
        if not self.open and (tag != "Document" or namespace not in _NAMESPACES):
            raise BadStatement("not_camt", value=(namespace or tag)[:80])
        self.open.append(_Element(tag, line, attributes.get("Ccy", "")))

    def _text(self, text: str) -> None:
        if self.open and len(self.open[-1].text) < self.limits.text_characters:
            self.open[-1].text += text

    def _end(self, _name: str) -> None:
        done = self.open.pop()
        if done.tag == "Ntry":
            self.lines.extend(_movements(done))
            if len(self.lines) > self.limits.lines:
                raise BadStatement("too_many_lines", limit=self.limits.lines)
        elif done.tag == "Bal" and self.open and self.open[-1].tag == "Stmt":
            self.balances.append(done)
        elif done.tag == "Stmt":
            self.statements += 1
            self.account = done.said("Acct/Id/Othr/Id", "Acct/Id/IBAN")
        elif self.open and done.tag not in ("Document", "BkToCstmrStmt"):
            self.open[-1].children.append(done)


def _movements(entry: _Element) -> list[BankLine]:
    if entry.said("Sts/Cd", "Sts") != "BOOK":
        return []
    direction, total_fen = _direction(entry), _amount(entry, "Amt")
    if not total_fen:
        return []
    details = list(entry.all("NtryDtls/TxDtls"))
    amounts = [_detail_fen(one) for one in details]
    if len(details) > 1 and all(amounts):
        together_fen = sum(fen or 0 for fen in amounts)
        if together_fen != total_fen:
            raise BadStatement("batch_sum", line=entry.line, value=format_yuan(together_fen))
        pairs = zip(details, amounts, strict=True)
        return [_line(entry, one, direction, fen or 0) for one, fen in pairs]
    return [_line(entry, details[0] if details else None, direction, total_fen)]


def _line(
    entry: _Element, detail: _Element | None, direction: Direction, amount_fen: int
) -> BankLine:
    own = entry.said("AcctSvcrRef", "NtryRef")
    part = detail or _Element("TxDtls", entry.line)
    inner = part.said("Refs/AcctSvcrRef", "Refs/TxId", "Refs/EndToEndId", "Refs/InstrId")
    is_split = detail is not None and _is_batch(entry)
    reference = inner if (is_split or not own) and inner not in _NO_REFERENCE else own
    side = "Dbtr" if direction is Direction.IN else "Cdtr"
    return BankLine(
        entry.line,
        _value_day(entry),
        direction,
        amount_fen,
        reference[:80],
        part.said(f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm"),
        " ".join(one.text.strip() for one in (*part.all("RmtInf/Ustrd"), *part.all("AddtlTxInf")))
        or entry.said("AddtlNtryInf"),
    )


def _is_batch(entry: _Element) -> bool:
    return len(list(entry.all("NtryDtls/TxDtls"))) > 1


def _direction(element: _Element) -> Direction:
    found = element.first("CdtDbtInd")
    text = found.text.strip() if found else ""
    if text not in _DIRECTIONS:
        line = found.line if found else element.line
        raise BadStatement("direction", line=line, column="CdtDbtInd", value=text[:40])
    return _DIRECTIONS[text]


def _amount(element: _Element, path: str) -> int:
    found = element.first(path)
    if found is None:
        raise BadStatement("tag_missing", line=element.line, column=path)
    fen = read_fen(found.text)
    if fen is None or fen < 0:
        raise BadStatement("amount", line=found.line, column=found.tag, value=found.text[:40])
    if found.currency != "CNY":
        raise BadStatement("currency", line=found.line, value=found.currency[:10])
    return fen


def _detail_fen(detail: _Element) -> int | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        if detail.first(path) is not None:
            return _amount(detail, path)
    return None


def _value_day(entry: _Element) -> date:
    paths = ("ValDt/Dt", "ValDt/DtTm", "BookgDt/Dt", "BookgDt/DtTm")
    found = entry.first(*paths)
    if found is None:
        raise BadStatement("tag_missing", line=entry.line, column="ValDt")
    day = read_day(found.text, "%Y-%m-%d")
    if day is None:
        raise BadStatement("date", line=found.line, column=found.tag, value=found.text[:40])
    return day


def _balance_of(balances: list[_Element], codes: tuple[str, ...]) -> int | None:
    for code in codes:
        for balance in balances:
            if balance.said("Tp/CdOrPrtry/Cd") == code:
                sign = 1 if _direction(balance) is Direction.IN else -1
                return sign * _amount(balance, "Amt")
    return None
