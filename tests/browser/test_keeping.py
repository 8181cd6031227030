"""What a device keeps and sends, in two tabs, with a server in trouble: the modules alone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from surveys.routes import kits
from tests.browser.conftest import Visitor

Run = Callable[[str], Any]

START = """
async (folder) => {
  const load = (name, tab = "") => import(`${folder}/${name}.js${tab}`);
  const store = await load("store"), {flush, news} = await load("syncing"), asked = [];
  const draft = (id, more) => store.keepDraft({
    id, slug: "s", key: id, ticket: "", answers: {mail: "kim@example.org", places: 3},
    pages: ["p"], current: true, waiting: true, complete: true, change: 1, held: [], ...more,
  });
  const server = (answer) => {
    window.fetch = async (address, {body}) => {
      const sent = {address, ...JSON.parse(body)};
      asked.push(sent);
      const [status, said] = await answer(sent, asked.length);
      return new Response(JSON.stringify(said), {status});
    };
  };
  const taken = {state: "taken", submitted: true, ticket: "t", held: ["mail"]};
  const kept = async () => (await store.drafts()).sort((a, b) => (a.id < b.id ? -1 : 1));
"""


@pytest.fixture
def run(visit: Visitor, app: Flask) -> Run:
    """Run some lines on a phone with nothing on it."""
    page = visit("/legal/imprint")
    folder = f"/static/{app.extensions['assets'].version}/js/offline"
    return lambda lines: page.evaluate(f"{START}{lines}\n}}", folder)


def test_two_tabs_share_one_key(run: Run) -> None:
    found = run("""
      const [one, other] = [await load("store", "?1"), await load("store", "?2")];
      await Promise.all([one.keepDraft({id: "a"}), other.keepDraft({id: "b"})]);
      return kept();
    """)
    assert found == [{"id": "a"}, {"id": "b"}]


def test_what_two_tabs_change_at_the_same_moment_is_changed_twice(run: Run) -> None:
    found = run("""
      await draft("a", {change: 0});
      const tabs = [await load("store", "?1"), await load("store", "?2")];
      const more = (draft) => ({...draft, change: draft.change + 1});
      const once = () => tabs.map((each) => each.changeDraft("a", more));
      await Promise.all([1, 2, 3, 4, 5].flatMap(once));
      return kept();
    """)
    assert found[0]["change"] == 10


def test_two_tabs_do_not_send_the_same(run: Run) -> None:
    sent = run("""
      await draft("a"); await draft("b");
      server(() => new Promise((done) => setTimeout(done, 50, [200, taken])));
      const tabs = [await load("syncing", "?1"), await load("syncing", "?2")];
      await Promise.all(tabs.map((each) => each.flush()));
      return asked.map((each) => each.key).sort();
    """)
    assert sent == ["a", "b"]


def test_what_no_key_opens_any_more_harms_no_other(run: Run) -> None:
    found = run("""
      await draft("a");
      const open = indexedDB.open("werkstatt");
      await new Promise((done) => { open.onsuccess = done; });
      const change = open.result.transaction("drafts", "readwrite");
      change.objectStore("drafts").put({iv: new Uint8Array(12), data: new Uint8Array(40)}, "b");
      await new Promise((done) => { change.oncomplete = done; });
      server(() => [200, taken]);
      return [await kept(), await flush(), await kept()];
    """)
    assert [[each["id"] for each in found[0]], *found[1:]] == [["a"], True, []]


def test_a_kit_that_a_newer_script_reads_otherwise_is_fetched_anew(run: Run) -> None:
    kit = {"slug": "s", "version": "v", "language": "de", "format": kits.FORMAT}
    found = run(f"""
      const kit = {kit};
      await store.keepKit({{...kit, format: 1}}, "old");
      const before = await store.kitAt("s v de");
      await store.keepKit(kit, "new");
      return [before, (await store.kitAt("s v de")).digest];
    """)
    assert found == [None, "new"]


def test_what_the_server_cannot_take_now_holds_up_nothing_else(run: Run) -> None:
    found = run("""
      await draft("a"); await draft("b"); await draft("c");
      server(({key}) => (key === "b" ? [500, {}] : [200, taken]));
      return [await flush(), asked.length, await kept()];
    """)
    assert found[:2] == [False, 3]
    assert [(each["id"], each["waiting"]) for each in found[2]] == [("b", True)]


def test_without_network_one_attempt_is_enough(run: Run) -> None:
    found = run("""
      await draft("a"); await draft("b");
      server(() => { throw new TypeError("no network"); });
      return [await flush(), asked.length, (await kept()).length];
    """)
    assert found == [False, 1, 2]


def test_whoever_is_behind_counts_on_and_sends_again(run: Run) -> None:
    sent = run("""
      await draft("a");
      server(({change}) => (change < 8 ? [409, {state: "behind", change: 7}] : [200, taken]));
      await flush();
      return [asked.map((each) => each.change), await kept()];
    """)
    assert sent == [[1, 8], []]


def test_what_is_changed_while_it_is_under_way_is_sent_again(run: Run) -> None:
    found = run("""
      await draft("a");
      server(async (sent, number) => {
        const more = (now) => ({...now, change: 2, answers: {places: 4}});
        if (number === 1) await store.changeDraft("a", more);
        return [200, taken];
      });
      await flush();
      const between = await kept();
      await flush();
      return [between[0], asked[1], await kept(), news.length];
    """)
    assert found[0]["waiting"]
    assert (found[1]["ticket"], found[1]["answers"]["places"], found[2:]) == ("t", 4, [[], 1])


def test_contact_data_stay_only_as_long_as_they_wait(run: Run) -> None:
    (found,) = run("""
      await draft("a", {complete: false});
      server(() => [200, {...taken, submitted: false}]);
      await flush();
      return kept();
    """)
    assert (found["answers"], found["held"], found["waiting"]) == (
        {"places": 3},
        ["mail"],
        False,
    )


def test_of_those_who_left_nothing_stays_that_the_server_has(run: Run) -> None:
    found = run("""
      await draft("a", {current: false}); await draft("b", {current: false});
      await draft("c", {current: false});
      const amiss = {state: "amiss", page: "p", sentence: "!", ticket: "t", held: []};
      const drafted = {...taken, submitted: false};
      server(({key}) => ({a: [422, amiss], b: [200, drafted], c: [200, taken]})[key]);
      return [await flush(), await kept(), news.length];
    """)
    assert found == [True, [], 0]


def test_what_was_deleted_on_the_server_goes_and_what_it_refused_stays(run: Run) -> None:
    found = run("""
      await draft("a"); await draft("b");
      const erased = {state: "erased", sentence: "deleted"};
      server(({key}) => [409, key === "a" ? erased : {state: "refused", sentence: "full"}]);
      await flush();
      return [await kept(), news.map((each) => each.sentence), await flush(), asked.length];
    """)
    (kept,) = found[0]
    assert (kept["id"], kept["refused"]["sentence"]) == ("b", "full")
    assert found[1:] == [["deleted"], True, 2]


def test_a_deletion_comes_after_what_was_under_way(run: Run) -> None:
    found = run("""
      await draft("a");
      const {answer} = await load("answering");
      server(async (sent, number) => {
        if (number > 1) return [200, {state: "deleted"}];
        await answer(new URL(location), "s", "/deletion", new URLSearchParams());
        return [200, taken];
      });
      await flush();
      const between = await kept();
      await flush();
      return [between[0], asked[1], await kept()];
    """)
    assert (found[0]["answers"], found[0]["gone"]) == ({}, True)
    assert found[1]["address"] == "/s/s/answers/removal"
    assert (found[1]["key"], found[1]["ticket"], found[2]) == ("a", "t", [])
