"""A template as text: the block of a plot comes, changes and goes, and all else keeps its bytes.

Written back by a YAML library, comments, order and quotes would be that library's.
"""

import re
from dataclasses import dataclass

import yaml

from plotgate.local.plot_name import PlotName
from plotgate.local.template import TemplateError

_BLOCK = """\
  {resource}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {code_uri}
      Layers: [!Ref RuntimeLayer, !Ref ScientificLayer]
{policies}      Events:
        Get: {{ Type: HttpApi, Properties: {{ ApiId: !Ref Api, Method: GET, Path: {path} }} }}
        Head: {{ Type: HttpApi, Properties: {{ ApiId: !Ref Api, Method: HEAD, Path: {path} }} }}
"""
_POLICIES = "      Policies: [!If [IsProtected, !Ref SigningAccess, !Ref AWS::NoValue]]\n"


@dataclass(frozen=True)
class Block:
    """A resource in the text: its lines, with the comment right above it, from `start` to before `end`."""

    name: str
    code_uri: str  # empty where it is no function
    start: int
    end: int


class TemplateText:
    """The text of a template.

    Raises:
        TemplateError: it has no resources, or is no YAML.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise TemplateError(f"The template is not valid YAML: {error}") from error
        self._sections = _values(root)
        if "Resources" not in self._sections:
            raise TemplateError("The template must have Resources.")
        self.blocks = [self._block(key, value) for key, value in _items(self._sections["Resources"])]

    @property
    def names(self) -> set[str]:
        """What `!Ref` may name: resources and parameters; conditions too, which share the rules for names."""
        return {name for one in ("Parameters", "Conditions", "Resources") for name in _values(self._sections.get(one))}

    def with_plot(self, name: PlotName) -> str:
        """The text with the block of a new plot, among those of its data set or else of all plots, by name."""
        policies = _POLICIES if {"SigningAccess", "IsProtected"} <= self.names else ""
        block = _BLOCK.format(resource=name.resource, code_uri=name.code_uri, path=name.path, policies=policies)
        new = [f"{line}{self._newline}" for line in block.splitlines()]
        plots = [one for one in self.blocks if one.code_uri.count("/") == 2] or self.blocks
        beside = [one for one in plots if one.code_uri.startswith(f"functions/{name.dataset}/")] or plots
        before = [one for one in beside if one.code_uri < name.code_uri]
        if before:
            at, new = before[-1].end, [self._newline, *new]
            if not self._lines[at - 1].endswith("\n"):  # the file's last line
                new.insert(0, self._newline)
        else:
            at, new = beside[0].start, [*new, self._newline]
        return "".join([*self._lines[:at], *new, *self._lines[at:]])

    def without_plot(self, name: PlotName) -> str:
        """The text without the block of a plot.

        Raises:
            TemplateError: another part of the template names the plot's resource.
        """
        block = self._of(name)
        start, end = block.start, block.end
        if start and not self._lines[start - 1].strip():  # the blank line that set it apart
            start -= 1
        elif end < len(self._lines) and not self._lines[end].strip():
            end += 1
        rest = self._lines[:start] + self._lines[end:]
        for number, line in enumerate(self._lines):
            if not start <= number < end and re.search(rf"\b{name.resource}\b", line):
                raise TemplateError(f"Line {number + 1} of the template names {name.resource}: {line.strip()}")
        return "".join(rest)

    def with_plot_renamed(self, old: PlotName, new: PlotName) -> str:
        """The text with another name for a plot, in its block and wherever its resource is named."""
        block = self._of(old)
        lines = [re.sub(rf"\b{old.resource}\b", new.resource, line) for line in self._lines]
        for number in range(block.start, block.end):
            for was, becomes in ((old.code_uri, new.code_uri), (old.path, new.path)):
                lines[number] = re.sub(rf"{re.escape(was)}(?!\w)", becomes, lines[number])
        return "".join(lines)

    def block_of(self, name: PlotName) -> str:
        """The text of a plot's block."""
        block = self._of(name)
        return "".join(self._lines[block.start : block.end])

    def _of(self, name: PlotName) -> Block:
        for block in self.blocks:
            if block.name == name.resource:
                return block
        raise TemplateError(f"The template must have the resource {name.resource} of {name}.")

    def _block(self, key: yaml.Node, value: yaml.Node) -> Block:
        # Of a value in braces the mark is behind the last brace; of any other, where the next begins.
        in_braces = isinstance(value, yaml.CollectionNode) and bool(value.flow_style)
        is_last = value.end_mark.line == len(self._lines) - 1 and not self._lines[-1].endswith("\n")
        start, end = key.start_mark.line, value.end_mark.line + (in_braces or is_last)
        while end > start + 1 and not _is_content(self._lines[end - 1]):
            end -= 1
        while start and self._lines[start - 1].strip().startswith("#"):
            start -= 1
        code = _values(_values(value).get("Properties")).get("CodeUri")
        return Block(key.value, str(code.value) if code else "", start, end)


def _items(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _values(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in _items(node)}


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")
