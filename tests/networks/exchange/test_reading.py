"""Files of other programs, as they write them, and files that are none."""

import io
import zipfile
from typing import Any

import igraph
import networkx as nx
import pytest

from core.errors import Refusal
from networks.exchange.exporting import WRITERS
from networks.exchange.graphs import graph_of
from networks.exchange.plain import PlainNetwork
from networks.exchange.reading import LARGEST, read
from tests.hostile import BYTES, STRINGS
from tests.networks.exchange.plainly import plain

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"
      xmlns:viz="http://www.gexf.net/1.2draft/viz">
  <meta lastmodifieddate="2026-11-01"><creator>Gephi 0.10</creator></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="sektor" title="Sektor" type="string"><default>society</default></attribute>
    </attributes>
    <nodes>
      <node id="n1" label="AWO Pankow">
        <attvalues><attvalue for="sektor" value="economy"/></attvalues>
        <viz:size value="10.0"/>
        <nodes><node id="n2" label="Küche"/></nodes>
      </node>
      <node id="n3"/>
    </nodes>
    <edges>
      <edge id="0" source="n1" target="n2" weight="2.5"/>
      <edge id="1" source="n2" target="n3" type="undirected"/>
    </edges>
  </graph>
</gexf>"""
YED = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d6" for="node" yfiles.type="nodegraphics"/>
  <key id="w" for="edge" attr.name="Gewicht" attr.type="double"><default>3</default></key>
  <graph edgedefault="directed" id="G">
    <node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>AWO &amp; Co</y:NodeLabel>
      </y:ShapeNode></data></node>
    <node id="n1"/>
    <edge id="e0" source="n0" target="n1"/>
  </graph>
</graphml>"""
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def names(network: PlainNetwork) -> list[str]:
    return [node.name for node in network.nodes]


def arcs(network: PlainNetwork) -> set[tuple[str, str, float, bool]]:
    name = network.name_of
    return {(name[t.source], name[t.target], t.weight, t.directed) for t in network.ties}


def test_gephi_s_files_are_read_with_groups_and_what_is_usual() -> None:
    found = read(GEPHI.encode(), "a.gexf")
    assert {node.name: node.sector for node in found.nodes} == {
        "AWO Pankow": "economy", "Küche": "society", "n3": "society",
    }  # fmt: skip
    assert arcs(found) == {
        ("AWO Pankow", "Küche", 2.5, True), ("Küche", "n3", 1, False),
    }  # fmt: skip


def test_yed_s_files_are_read_with_the_names_that_are_drawn() -> None:
    assert arcs(read(YED.encode(), "a.graphml")) == {("AWO & Co", "n1", 3, True)}


@pytest.mark.parametrize("ending", ["gexf", "graphml", "net"])
def test_what_networkx_writes_is_read(ending: str) -> None:
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from([("AWO", "Küche der Welt", 2.5), ("AWO", "Hof", 1)])
    graph.add_node("Allein")
    file = io.BytesIO()
    writers: dict[str, Any] = {
        "gexf": nx.write_gexf,
        "graphml": nx.write_graphml,
        "net": nx.write_pajek,
    }
    writers[ending](graph, file)
    found = read(file.getvalue(), f"a.{ending}")
    assert nx.utils.graphs_equal(graph_of(found), graph)


@pytest.mark.parametrize("ending", ["graphml", "net", "dl"])
def test_what_igraph_writes_is_read(ending: str, tmp_path: Any) -> None:
    graph = igraph.Graph.Full(4)
    graph.vs["name"] = graph.vs["label"] = ["AWO", "Küche", "Hof", "Amt"]
    graph.es["weight"] = range(1, 7)
    path = tmp_path / f"a.{ending}"
    if ending == "graphml":
        graph.write_graphml(str(path))
    elif ending == "net":
        graph.vs["id"] = graph.vs["name"]
        graph.write_pajek(str(path))
    else:
        labels = "\n".join(graph.vs["name"])
        rows = "\n".join(" ".join(map(str, map(int, row))) for row in graph.get_adjacency())
        path.write_text(f"DL N=4\nFORMAT = FULLMATRIX\nLABELS:\n{labels}\nDATA:\n{rows}\n")
    found = read(path.read_bytes(), path.name)
    assert names(found) == ["AWO", "Küche", "Hof", "Amt"]
    assert len(found.ties) == 6 and not found.directed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("source;target;Gewicht\na;b;1,5\n", {("a", "b", 1.5, False)}),
        ("Von\tNach\na\tb\n", {("a", "b", 1, False)}),
        ("\ufeffsource,target\n\na,b\nb,b\n", {("a", "b", 1, False)}),
        ('source,target,directed\n"a, ""x""\ny",b,ja\n', {('a, "x" y', "b", 1, True)}),
        ("sep=;\nsource;target\na;b\n", {("a", "b", 1, False)}),
        ("source,target,strength\na,b,3\n", {("a", "b", 3, False)}),
    ],
)
def test_tables_are_read_as_people_save_them(text: str, expected: object) -> None:
    assert arcs(read(text.replace("\n", "\r\n").encode(), "a.csv")) == expected


def test_a_table_from_an_old_windows_is_read_and_this_is_said() -> None:
    found = read("source;target\nKüche;Hof\n".encode("cp1252"), "a.csv")
    assert names(found) == ["Küche", "Hof"]
    assert any("UTF-8" in note for note in found.notes)
    assert read("source;target\nKüche;Hof\n".encode(), "a.csv").notes == ()


def test_a_second_table_names_organisations_also_those_without_ties() -> None:
    nodes = "id,name,sektor\n1,AWO,society\n2,Hof,\n3,Allein,science\n"
    found = read(b"source,target\n1,2\n", "a.csv", nodes.encode())
    assert [(node.name, node.sector) for node in found.nodes] == [
        ("AWO", "society"), ("Hof", ""), ("Allein", "science"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '*Vertices 3\n1 "A b"\n2 c\n*Arcs\n1 2 4\n*Edges\n2 3\n',
            {("A b", "c", 4, True), ("c", "3", 1, False)},
        ),
        (
            "*vertices 2\n*arcslist\n1 2\n*edgeslist\n2 1\n",
            {("1", "2", 1, True), ("2", "1", 1, False)},
        ),
        ("*Network x\n*Vertices 2\n1 a\n2 b\n*Matrix\n0 2\n0 0\n", {("a", "b", 2, True)}),
        (
            '*Vertices 2\r1 a\r2 b\r*Edges :1 "rooms"\r1 2 1\r*Partition\r*Vertices 2\r1\r2\r',
            {("a", "b", 1, False)},
        ),
    ],
)
def test_pajek_s_ways_of_writing_ties_are_read(text: str, expected: object) -> None:
    assert arcs(read(text.encode(), "a.net")) == expected


def test_a_relation_of_pajek_is_the_kind_of_its_ties() -> None:
    text = '*Vertices 2\n1 a\n2 b\n*Edges :1 "Räume"\n1 2 1\n'
    assert read(text.encode(), "a.net").ties[0].kinds == ("Räume",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 2 3\n", {("a", "b", 3, True)}),
        (
            'DL n = 3, format = edgelist1\nlabels embedded:\ndata:\n"a b" c 2\nc "a b" 2\n',
            {("a b", "c", 2, False)},
        ),
        (
            "dl n=3 format=nodelist1\nlabels:\na b c\ndata:\n1 2 3\n",
            {("a", "b", 1, True), ("a", "c", 1, True)},
        ),
        ("dl n=2\nlabels:\na\nb\ndata:\n0 2\n2 0\n", {("a", "b", 2, False)}),
        (
            "dl n=3 diagonal = absent\ndata:\n1 0\n0 1\n0 0\n",
            {("1", "2", 1, True), ("2", "3", 1, True)},
        ),
        (
            "dl n=2 format=fullmatrix\nlabels embedded\ndata:\na b\na 0 1\nb 1 0\n",
            {("a", "b", 1, False)},
        ),
        (
            "dl nr=2 nc=2\nrow labels:\na b\ncolumn labels:\na b\ndata: 0 1 0 0\n",
            {("a", "b", 1, True)},
        ),
    ],
)
def test_the_formats_of_dl_are_read(text: str, expected: object) -> None:
    assert arcs(read(text.encode(), "a.dl")) == expected


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", "source,target\na,b\n,b\n", "Line 3: the tie has only one end."),
        ("a.csv", "source,target,weight\na,b,viel\n", "Line 2: “viel” is no number."),
        ("a.csv", "source,target,weight\na,b,nan\n", "Line 2: “nan” is no number."),
        ("a.csv", "a,b\n", "There is no column “source”."),
        ("a.gexf", "<gexf>\n<oops", "Line 2: it cannot be read as part of a GEXF file."),
        ("a.gexf", "<html/>", "It is no GEXF file."),
        ("a.gexf", "<graph><nodes>\n<node/></nodes></graph>", "Line 2: this organisation has"),
        (
            "a.gexf", "<graph><edges>\n<edge source='a' target='b'/></edges></graph>",
            "Line 2: there is no organisation “a”",
        ),
        (
            "a.gexf", "<graph><nodes><node id='a'/>\n<node id='a'/></nodes></graph>",
            "Line 2: the organisation “a” stands there twice.",
        ),
        (
            "a.graphml", "<graphml><graph>\n<hyperedge/></graph></graphml>",
            "Line 2: a tie between more than two",
        ),
        ("a.net", "*Vertices x\n", "Line 1: “x” is no number."),
        ("a.net", "*Vertices 2 1\n", "Line 1: a network between two kinds"),
        ("a.net", "*Vertices 1\n1 a\n*Edges\n1 7\n", "Line 4: there is no organisation “7”"),
        ("a.net", "*Vertices 1\n1 \"a\n", "Line 2: it cannot be read as part of a Pajek file."),
        ("a.net", "hello", "It is no Pajek file."),
        ("a.dl", "hello", "It is no DL file."),
        ("a.dl", "dl n=2 format=el1\ndata:\n1 3\n", "Line 3: there is no organisation “3”"),
        ("a.dl", "dl n=2 format=edgelist2\ndata:\n1 2\n", "“edgelist2”"),
        ("a.dl", "dl n=2 nm=3\ndata:\n0 0\n", "“nm=3"),
        ("a.dl", "dl n=2\ndata:\n0 0\n0\n", "Line 4: it cannot be read as part of a DL file."),
        ("a.json", "[1]", "It is no Kumu file."),
        ("a.json", "[" * 100_000, "It is no Kumu file."),
        ("a.docx", "", "This kind of file cannot be read."),
    ],
)  # fmt: skip
def test_what_is_amiss_is_said_with_its_line(name: str, text: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text.encode(), name)
    assert reason in refused.value.reason % refused.value.values


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
@pytest.mark.parametrize("ending", ["gexf", "graphml"])
def test_no_entity_is_ever_opened(doctype: str, ending: str) -> None:
    with pytest.raises(Refusal):
        read(f"{doctype}<a>&b;</a>".encode(), f"a.{ending}")


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    for name, content in (
        ("a.csv", b"x" * (LARGEST + 1)),
        ("a.net", b"*Vertices 999999999\n"),
        ("a.dl", b"dl n=999999999\ndata:\n"),
        ("a.gexf", b"<a>" * 200),
        ("a.csv", b"source,target\n" + b"".join(b"%d,x\n" % n for n in range(20_001))),
    ):
        with pytest.raises(Refusal):
            read(content, name)


def test_an_archive_that_grows_beyond_all_bounds_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("edges.csv", b"0" * 50_000_000)
    with pytest.raises(Refusal):
        read(packed.getvalue(), "a.zip")


@pytest.mark.parametrize(
    "name", ["a.csv", "a.xlsx", "a.gexf", "a.graphml", "a.net", "a.dl", "a.json", "a.zip"]
)
def test_nothing_that_somebody_sends_breaks_the_reading(name: str) -> None:
    for content in [*BYTES, *(text.encode(errors="replace")[:5_000] for text in STRINGS)]:
        try:
            read(content, name)
        except Refusal as refusal:
            assert refusal.reason % refusal.values


@pytest.mark.parametrize("format", [*WRITERS])
def test_a_file_that_was_cut_off_is_refused_or_read_as_far_as_it_goes(format: str) -> None:
    endings = {"csv": "zip", "pajek": "net", "kumu": "json"}
    content = WRITERS[format](plain(["Radhaus", "Küche & Co", "Hof"]))
    for cut in range(0, len(content), max(1, len(content) // 60)):
        try:
            read(content[:cut], f"a.{endings.get(format, format)}")
        except Refusal as refusal:
            assert refusal.reason % refusal.values
