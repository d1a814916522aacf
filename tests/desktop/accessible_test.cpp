// The window as a screen reader finds it, over AT-SPI.
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

#include "desktop/listener.h"
#include "desktop/running.h"
#include "support/text.h"

using namespace sipdex::test;
using namespace std::chrono_literals;
using Seen = Listener::Seen;

namespace {

// Of AtspiStateType.
constexpr int active = 1, editable = 7, expandable = 9, expanded = 10, focusable = 11, focused = 12, selected = 23,
              selectable_text = 38;

bool skipped() {
    std::string why = no_window_here();
    if (why.empty()) why = no_accessibility_here();
    if (!why.empty()) MESSAGE("skipped: ", why);
    return !why.empty();
}

// A screen and a session, in which nobody listens yet.
struct Quiet {
    Screen screen{1280, 800};
    TemporaryFolder home;
    Session session{screen};
};

Session& listened(Session& session) {
    session.start_accessibility();
    session.enable(true);
    return session;
}

// The program in a session with a screen reader, and what that finds.
struct Heard : Quiet {
    explicit Heard(std::vector<std::string> arguments = {})
        : sipdex(screen, home.path(), {std::move(arguments), listened(session).environment()}), listener(session) {}

    Running sipdex;
    Listener listener;
};

Listener::Wanted called(const std::string& role, const std::string& name) {
    return [=](const Seen& one) { return one.role == role && one.name == name; };
}

Listener::Wanted named(const std::string& name, int state) {
    return [=](const Seen& one) { return one.name == name && one.is(state); };
}

// The first of a role, which must be there.
const Seen& first_of(const std::vector<Seen>& tree, const std::string& role) {
    const auto found = std::ranges::find(tree, role, &Seen::role);
    REQUIRE_MESSAGE(found != tree.end(), "there is no ", role);
    return *found;
}

// Words of which one text has more than the other.
std::string more_in(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    const std::multiset<std::string> first(one.begin(), one.end()), second(other.begin(), other.end());
    std::string more;
    std::vector<std::string> words;
    std::ranges::set_difference(first, second, std::back_inserter(words));
    for (const std::string& word : words) more += word + " ";
    return more;
}

// The words of a text, without what only lays it out: signs before items and labels, lines under titles, numbers.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        std::erase_if(word, [](char c) { return c == '[' || c == ']'; });
        const bool drawn = word.find_first_not_of("-=|!.>0123456789") == std::string::npos || word == "≠" ||
                           word == "·" || word == "⬣";
        if (!drawn) words.push_back(word);
    }
    return words;
}

}  // namespace

TEST_CASE("without a screen reader nothing runs; when one comes the window is there, and when it goes it is gone") {
    if (skipped()) return;
    Quiet quiet;
    Session& session = quiet.session;
    session.start_accessibility();
    session.enable(false);
    Running sipdex(quiet.screen, quiet.home.path(), {{"607"}, session.environment()});
    Listener listener(session);
    CHECK(sipdex.comes_to_rest());  // it has read what search looks at
    CHECK_FALSE(listener.is_there());
    session.enable(true);
    const Seen frame = listener.until("the window is there", called("frame", "607 Unwanted – Sipdex"));
    CHECK(frame.is(active));
    CHECK(listener.toolkit() == "Sipdex");
    CHECK(sipdex.comes_to_rest());  // while somebody listens, too
    session.enable(false);
    for (int i = 0; i < 300 && listener.is_there(); ++i) sipdex.rest(100ms);
    CHECK_FALSE(listener.is_there());
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("a page is read from top to bottom as it is printed, its links lead on, and its sections open") {
    if (skipped()) return;
    Heard heard({"607"});
    Running& sipdex = heard.sipdex;
    Listener& listener = heard.listener;
    const Seen title = listener.until("the page is there", called("heading", "607 Unwanted"));
    CHECK(title.attributes.at("level") == "1");
    CHECK(title.attributes.at("language") == "en");
    listener.until("the title is read", named("607 Unwanted", focused));

    // All sections are opened, as a reader can.
    for (int i = 0; i < 40; ++i) {
        const auto tree = listener.tree();
        const auto closed = std::ranges::find_if(
            tree, [](const Seen& one) { return one.role == "heading" && one.is(expandable) && !one.is(expanded); });
        if (closed == tree.end()) break;
        CHECK(listener.press(*closed));
        const std::string path = closed->path;
        listener.until("a section opens", [&](const Seen& one) { return one.path == path && one.is(expanded); });
    }
    const auto tree = listener.tree();
    CHECK(first_of(tree, "document web").attributes.at("language") == "en");
    // From text to text, as "say all" goes.
    std::string read;
    std::set<std::string> paths;
    std::string at;
    for (const Seen& one : tree)
        if (one.name == "607 Unwanted" && one.role == "heading") at = one.path;
    while (!at.empty() && paths.insert(at).second) {
        const auto node = std::ranges::find(tree, at, &Seen::path);
        REQUIRE(node != tree.end());
        // Line by line, without a gap.
        const int count = listener.number(*node, "Text", "CharacterCount");
        for (int from = 0, to = 0; to < count;) {
            read += listener.piece(*node, to, 3, from, to);
            REQUIRE(to > from);
        }
        read += "\n";
        at = listener.flows_to(*node);
    }
    CHECK(paths.size() > 40);
    for (const Seen& one : tree)  // what has a name for those who listen, and none that is drawn
        if (one.role == "section") read += one.name + "\n";
    const Ran printed = run(std::string(SIPDEX_PROGRAM) + " show 607 --lang en --format text --width 200");
    REQUIRE(printed.code == 0);
    CHECK(more_in(words_of(printed.out), words_of(read)) == "");
    CHECK(more_in(words_of(read), words_of(printed.out)) == "");

    const Seen& table = first_of(tree, "table");
    CHECK(listener.number(table, "Table", "NRows") > 1);
    CHECK(listener.number(table, "Table", "NColumns") == 2);
    CHECK(std::ranges::count(tree, "table row header", &Seen::role) > 3);

    listener.forget();
    const auto link = std::ranges::find_if(tree, [&](const Seen& one) {
        return one.role == "link" && one.name.starts_with("608") && one.has("Hyperlink");
    });
    REQUIRE(link != tree.end());
    const int from = listener.number(*link, "Hyperlink", "StartIndex");
    CHECK(from >= 0);
    CHECK(listener.press(*link));
    listener.until("it leads on", [](const Seen& one) { return one.role == "frame" && one.name.find("608") == 0; });
    listener.hear("StateChanged focused 1");
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("what is typed into the search is heard, and so are what is found, the focus, the page and what is said") {
    if (skipped()) return;
    Heard heard;
    Running& sipdex = heard.sipdex;
    Listener& listener = heard.listener;
    listener.until("the window is there", called("frame", "Sipdex"));
    sipdex.key("ctrl+k");
    const Seen field = listener.until("the field has the focus", [](const Seen& one) {
        return one.role == "entry" && one.is(focused) && one.is(editable);
    });
    listener.hear("StateChanged focused 1", field.name);
    listener.forget();
    for (const auto& [letter, heard_as] :
         {std::pair{"6", "TextChanged insert 0 1"}, {"0", "TextChanged insert 1 1"}, {"7", "TextChanged insert 2 1"}}) {
        sipdex.type(letter);  // one by one: a busy window takes what has come meanwhile as a whole
        listener.hear(heard_as, field.name);
    }
    listener.hear("TextCaretMoved 3", field.name);
    CHECK(listener.text(field) == "607");
    const Seen first = listener.until("what is found is selected", named("607 Unwanted", selected));
    CHECK(first.role == "list item");
    CHECK(first.attributes.at("posinset") == "1");
    listener.hear("StateChanged showing 1", "607 Unwanted");  // said
    listener.forget();
    sipdex.key("Down");
    listener.hear("StateChanged focused 0", field.name);
    listener.hear("StateChanged focused 1", "607 Unwanted");
    listener.forget();
    sipdex.key("Return");
    listener.hear("PropertyChange accessible-name 0");
    sipdex.until("the page is open", titled("607 Unwanted – Sipdex"));

    // The page that opens is read without being asked for.
    listener.hear("StateChanged focused 1", "607 Unwanted");
    const Seen title = listener.until("the page is there", called("heading", "607 Unwanted"));
    CHECK(title.is(focused));

    // From the search back into the page, whose lines the arrow keys read.
    sipdex.key("ctrl+k");
    listener.until("the field has the focus again",
                   [](const Seen& one) { return one.role == "entry" && one.is(focused); });
    listener.hear("StateChanged focused 0", "607 Unwanted");
    listener.forget();
    CHECK(listener.take_focus(title));
    listener.hear("StateChanged focused 1", "607 Unwanted");
    listener.forget();
    sipdex.key("Down");
    listener.hear("StateChanged focused 1");
    listener.hear("TextCaretMoved 0");
    listener.forget();
    sipdex.key("ctrl+l");
    listener.hear("StateChanged showing 1", "Link to this page copied");

    const Seen tab = listener.until("there are tabs", called("page tab", "Compare"));
    CHECK(listener.press(tab));
    listener.until("the tab is selected", named("Compare", selected));
    sipdex.until("it is to be compared", [](const Shown& shown) { return shown.place == "compare"; });
    CHECK(sipdex.quit() == 0);
    CHECK(sipdex.said() == "");
}

TEST_CASE("the messages of a replay are a list; a step selects the next and its narration is read") {
    if (skipped()) return;
    Heard heard({"--view", "simulator"});
    Running& sipdex = heard.sipdex;
    Listener& listener = heard.listener;
    const Seen exchange = listener.until("exchanges are listed", [](const Seen& one) {
        return one.role == "list item" && one.name.starts_with("607: ");
    });
    CHECK(listener.press(exchange));
    const auto rung = [](int number) {
        return [number](const Seen& one) {
            const auto at = one.attributes.find("posinset");
            return one.role == "list item" && one.name.find("→") != std::string::npos && one.is(selected) &&
                   at != one.attributes.end() && at->second == std::to_string(number);
        };
    };
    const Seen first = listener.until("the first message is selected", rung(1));
    CHECK(first.name.find("INVITE") != std::string::npos);
    const auto is_read = [](const Seen& one) { return one.role == "paragraph" && one.is(focused); };
    const std::string begun = listener.text(listener.until("its narration is read", is_read));
    // A reader reads the paragraph to which it is led; those behind it are said.
    const auto said = [](const std::string& other) {
        return [other](const Seen& one) {
            return one.role == "notification" && one.name.find(' ') != std::string::npos && one.name != other;
        };
    };
    const Seen rest = listener.until("the rest is said", said(""));
    CHECK(rest.name.find(begun) == std::string::npos);
    listener.hear("StateChanged showing 1", rest.name);
    listener.forget();
    sipdex.key("Right");
    const Seen second = listener.until("the next message is selected", rung(2));
    listener.hear("StateChanged selected 1", second.name);
    listener.hear("SelectionChanged 0");
    const Seen whole = listener.until("its narration is said", said(rest.name));
    listener.hear("StateChanged showing 1", whole.name);
    CHECK(whole.name.starts_with(listener.text(listener.until("it can be read", is_read))));
    CHECK(listener.all_heard().find("StateChanged focused 1") == std::string::npos);  // it would be read twice
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("buses and registries come later, end and come back; the window goes on and is found again") {
    if (skipped()) return;
    Quiet quiet;
    Session& session = quiet.session;
    Running sipdex(quiet.screen, quiet.home.path(), {{"486"}, session.environment()});  // nobody is there yet
    sipdex.rest(500ms);
    const auto found = [](Listener& listener) {
        listener.until("the window is there", called("frame", "486 Busy Here – Sipdex"));
    };
    {
        Listener listener(listened(session));
        found(listener);
        const int registry = listener.owner("org.a11y.atspi.Registry");
        REQUIRE(registry > 1);
        kill(registry, SIGKILL);
        for (int i = 0; i < 100 && listener.owner("org.a11y.atspi.Registry") == registry; ++i) sipdex.rest(50ms);
        found(listener);  // asking starts another, to which the window comes
    }
    session.end_accessibility();
    sipdex.rest(500ms);
    sipdex.key("ctrl+2");
    sipdex.until("it goes on", [](const Shown& shown) { return shown.place == "compare"; });
    sipdex.key("alt+Left");
    sipdex.until("and back", titled("486 Busy Here – Sipdex"));
    {
        Listener listener(listened(session));
        found(listener);
    }
    session.end();
    sipdex.rest(500ms);
    sipdex.key("ctrl+2");
    sipdex.until("it goes on without a session", [](const Shown& shown) { return shown.place == "compare"; });
    CHECK(sipdex.quit() == 0);
    CHECK(sipdex.said() == "");
}

TEST_CASE("a field is edited by somebody who does not type, and what is selected with the mouse is told") {
    if (skipped()) return;
    Heard heard({"607"});
    Running& sipdex = heard.sipdex;
    Listener& listener = heard.listener;
    const Seen field = listener.until("the field is there", [](const Seen& one) { return one.role == "entry"; });
    CHECK(field.has("EditableText"));
    const auto becomes = [&](const std::string& words) {
        for (int i = 0; i < 300 && listener.text(field) != words; ++i) sipdex.rest(100ms);
        CHECK(listener.text(field) == words);
    };
    CHECK(listener.set_text(field, "bsy"));
    becomes("bsy");
    CHECK(listener.insert(field, 1, "u"));
    becomes("busy");
    listener.until("it is searched for", [](const Seen& one) { return one.name == "486 Busy Here"; });
    CHECK(listener.take_out(field, 1, 4));
    becomes("b");
    CHECK(listener.set_text(field, ""));
    becomes("");

    // What Ctrl+A and the mouse select is told, and so is what somebody else selects.
    listener.forget();
    sipdex.key("ctrl+a");
    listener.hear("TextSelectionChanged 0", "607 Unwanted");
    const Seen title = listener.until("the title is there", called("heading", "607 Unwanted"));
    CHECK(listener.selection(title) == "4 12");  // its code is drawn as a mark
    sipdex.key("Escape");
    listener.until("nothing is selected",
                   [&](const Seen& one) { return one.path == title.path && listener.selection(one).empty(); });
    const Seen paragraph = listener.until("there is a paragraph", [&](const Seen& one) {
        return one.role == "paragraph" && one.is(selectable_text) && listener.text(one).size() > 40;
    });
    const std::vector<int> first = listener.extents(paragraph, 0, 1), last = listener.extents(paragraph, 5, 6);
    REQUIRE(first.size() == 4);
    REQUIRE(last.size() == 4);
    listener.forget();
    heard.screen.drag(first[0] + 1, first[1] + first[3] / 2, last[0] + last[2] - 1, last[1] + last[3] / 2);
    listener.hear("TextSelectionChanged 0");
    listener.until("six characters are selected",
                   [&](const Seen& one) { return one.path == paragraph.path && listener.selection(one) == "0 6"; });
    sipdex.key("Escape");
    listener.until("nothing is selected again",
                   [&](const Seen& one) { return one.path == paragraph.path && listener.selection(one).empty(); });
    CHECK(listener.select(paragraph, 2, 9));
    listener.until("seven others are selected",
                   [&](const Seen& one) { return one.path == paragraph.path && listener.selection(one) == "2 9"; });
    CHECK(sipdex.quit() == 0);
    CHECK(sipdex.said() == "");
}

TEST_CASE("the list and the tabs say what of them is selected, and select for somebody who does not press") {
    if (skipped()) return;
    Heard heard({"607"});
    Running& sipdex = heard.sipdex;
    Listener& listener = heard.listener;
    const Seen list = listener.until("the list is there", called("list", "Reference"));
    CHECK(list.has("Selection"));
    const Seen item = listener.until("an item is selected", named("607 Unwanted", selected));
    CHECK(listener.selected_item(list) == item.path);
    const Seen next = listener.until("another is not", called("list item", "608 Rejected"));
    const auto tree = listener.tree();
    int index = 0;
    for (auto one = std::ranges::find(tree, list.path, &Seen::path) + 1; one != tree.end() && one->path != next.path;
         ++one)
        index += one->depth == list.depth + 1;
    listener.forget();
    CHECK(listener.select_item(list, index));
    sipdex.until("its page is open", titled("608 Rejected – Sipdex"));
    listener.hear("SelectionChanged 0", "Reference");
    CHECK(listener.selected_item(list) == next.path);
    const Seen tabs = listener.until("there are tabs", [](const Seen& one) { return one.role == "page tab list"; });
    listener.forget();
    CHECK(listener.select_item(tabs, 1));
    sipdex.until("it is to be compared", [](const Shown& shown) { return shown.place == "compare"; });
    listener.hear("SelectionChanged 0");
    CHECK(sipdex.quit() == 0);
}
