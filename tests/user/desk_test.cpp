#include "user/desk.h"

#include <doctest/doctest.h>

#include "source/problem.h"
#include "support/text.h"
#include "user/merge.h"
#include "user/page_name.h"
#include "user/team_file.h"

using namespace sipdex;
using namespace sipdex::user;
using test::TemporaryFolder;

namespace {

// A clock that a test turns: 2026-07-07 09:00 UTC and later.
struct TestClock {
    std::int64_t at = 1783414800000;
    Desk::Clock clock() {
        return [this] { return at += 1000; };
    }
};

// One line for each note: what it is on, its text and who wrote it.
std::string told(const Kept& kept) {
    std::string lines;
    for (const Entry* entry : notes(kept)) {
        const Note& note = *entry->note();
        lines += (note.on.empty() ? "“" + note.phrase + "”" : note.on) + ": " + note.text +
                 (entry->author.empty() ? "" : " (" + entry->author + ")") + "\n";
    }
    return lines;
}

std::vector<Entry> read(const std::string& text) {
    source::Problems problems;
    const TeamFile file = read_team_file({"team.toml", text}, problems);
    CHECK(problems.printed() == "");
    return file.entries;
}

std::string problems_in(const std::string& text) {
    source::Problems problems;
    read_team_file({"team.toml", text}, problems);
    return problems.printed();
}

Imported import(Desk& desk, const Desk& from) { return desk.import(read(team_file(from.kept()))); }

// The only note of a desk.
const Entry& the_note(const Desk& desk) {
    REQUIRE(notes(desk.kept()).size() == 1);
    return *notes(desk.kept()).front();
}

void rewrite(Desk& desk, const std::string& text, const std::string& author) {
    const Entry& entry = the_note(desk);
    Note note = *entry.note();
    note.text = text;
    desk.change(entry.id, note, author);
}

Profile carrier() {
    return {"Carrier X",
            "telnyx",
            std::vector<int>{480, 503},
            {{"Account Suspended", "unpaid", 403}, {"Error # *", "a \"quoted\" word \\ and é", 0}},
            {{21, 403}}};
}

}  // namespace

TEST_CASE("a page that is a favourite again, or on two desks, is one entry") {
    Desk one, other;
    for (int i = 0; i < 5; ++i) one.set_favourite("607", i % 2 == 0);
    CHECK(one.is_favourite("607"));
    CHECK(one.kept().entries.size() == 1);
    other.set_favourite("607", true);
    other.import(read(team_file(one.kept())));
    CHECK(other.is_favourite("607"));
    CHECK(other.kept().entries.size() == 1);
    other.set_favourite("607", false);
    one.import(read(team_file(other.kept())));
    CHECK_FALSE(one.is_favourite("607"));
}

TEST_CASE("what is kept is there the next time") {
    TemporaryFolder folder;
    const auto file = folder.path() / "new/folder/desk.db";
    std::string id;
    {
        Desk desk(file);
        CHECK(desk.trouble() == Trouble::none);
        id = desk.add(Note{"403", "", "our 403 means unpaid"}, "Ana");
        desk.add(carrier());
        desk.set_favourite("300 607", true);
        desk.visit("607");
        desk.visit("speaker/asterisk");
        desk.save(0);
        CHECK_FALSE(desk.unsaved());
    }
    const Desk again(file);
    CHECK(told(again.kept()) == "403: our 403 means unpaid (Ana)\n");
    CHECK(notes_on(again.kept(), "403").front()->id == id);
    CHECK(id.size() == 32);
    REQUIRE(profiles(again.kept()).size() == 1);
    CHECK(*profiles(again.kept()).front()->profile() == carrier());
    CHECK(again.is_favourite("300 607"));
    CHECK_FALSE(again.is_favourite("607"));
    REQUIRE(again.kept().recent.size() == 2);
    CHECK(again.kept().recent.front().page == "speaker/asterisk");
}

TEST_CASE("of the pages that were opened the last fifty are remembered, each once, the newest first") {
    TemporaryFolder folder;
    TestClock clock;
    {
        Desk desk(folder.path() / "desk.db", clock.clock());
        for (int code = 400; code < 470; ++code) desk.visit(std::to_string(code));
        desk.visit("430");
        desk.visit("not a page");
        desk.visit("pasted/SIP/2.0 486 Busy Here");
    }
    const Desk desk(folder.path() / "desk.db");
    REQUIRE(desk.kept().recent.size() == 50);
    CHECK(desk.kept().recent[0].page == "430");
    CHECK(desk.kept().recent[1].page == "469");
    CHECK(desk.kept().recent[49].page == "420");
}

TEST_CASE("a page is kept under the name that opens it") {
    const std::pair<document::Target, const char*> names[] = {
        {document::ToResponse{"607"}, "607"},
        {document::ToResponse{"603-network-blocked"}, "603-network-blocked"},
        {document::ToComparison{{"607", "300"}}, "300 607"},
        {document::ToComparison{{"607", "300", "486"}}, "607 300 486"},
        {document::ToExchange{"607-unwanted"}, "exchange/607-unwanted"},
        {document::ToTerm{"200-ok-to-cancel"}, "term/200-ok-to-cancel"},
        {document::ToTerm{"speaker/asterisk"}, "speaker/asterisk"}};
    for (const auto& [page, called] : names) {
        const char* name = called;
        CAPTURE(name);
        CHECK(name_of_page(page) == name);
        CHECK(name_of_page(page_named(name)) == name);
    }
    CHECK(name_of_page(document::ToTerm{"pasted/SIP/2.0 486"}) == "");
    CHECK(name_of_page(document::ToRfc{3261, "17"}) == "");
    for (const char* nothing : {"", "abc", "486 abc", "/", "x/", "pasted/x"}) {
        CAPTURE(nothing);
        CHECK(page_named(nothing) == document::Target());
    }
}

TEST_CASE("a team's file is readable, and gives the same entries again") {
    TestClock clock;
    Desk desk(clock.clock());
    desk.add(Note{"403", "", "our 403 means unpaid"}, "Ana");
    desk.add(Note{"", "Account Suspended", "two lines,\nwith \"quotes\", a \\, a \"\"\"\" and\n\n\ta tab… "});
    desk.add(carrier(), "Bob");
    Profile bare;
    bare.name = "Nothing known";
    desk.add(bare);
    bare.name = "Never fails over";
    bare.fails_over.emplace();
    desk.add(bare);
    desk.set_favourite("607", true);
    desk.set_favourite("486", true);
    desk.set_favourite("486", false);

    const std::string file = team_file(desk.kept());
    std::map<std::string, Entry, std::less<>> again;
    for (Entry& entry : read(file)) again.emplace(entry.id, entry);
    CHECK(again == desk.kept().entries);
    CHECK(file.find("on = \"403\"\ntext = \"our 403 means unpaid\"\nauthor = \"Ana\"\nchanged = "
                    "\"2026-07-07T09:00:01.000Z\"\n") != std::string::npos);
    CHECK(file.find("fails_over = [480, 503]\n") != std::string::npos);

    Desk other(clock.clock());
    const Imported first = import(other, desk);
    CHECK(first.added.size() == 6);
    CHECK(other.kept().entries == desk.kept().entries);
    CHECK(team_file(other.kept()) == file);
    const Imported second = import(other, desk);
    CHECK(second.added.size() + second.changed.size() + second.deleted.size() + second.both.size() == 0);
    CHECK(second.kept == 7);
}

TEST_CASE("the newer of two versions is taken, whichever side imports, and deletions go along") {
    TestClock clock;
    Desk ana(clock.clock()), bob(clock.clock());
    ana.add(Note{"403", "", "unpaid"}, "Ana");
    import(bob, ana);
    rewrite(bob, "unpaid, ask accounting", "Bob");
    CHECK(import(bob, ana).kept == 1);
    CHECK(told(bob.kept()) == "403: unpaid, ask accounting (Bob)\n");
    CHECK(import(ana, bob).changed.size() == 1);
    CHECK(told(ana.kept()) == "403: unpaid, ask accounting (Bob)\n");

    bob.remove(the_note(bob).id);
    CHECK(import(bob, ana).kept == 1);
    CHECK(told(bob.kept()) == "");
    CHECK(import(ana, bob).deleted.size() == 1);
    CHECK(told(ana.kept()) == "");
    CHECK(team_file(ana.kept()).find("unpaid") == std::string::npos);
}

TEST_CASE("when two changed the same note independently, both texts are kept, and everybody arrives at the same") {
    TestClock clock;
    Desk ana(clock.clock()), bob(clock.clock());
    ana.add(Note{"403", "", "unpaid"}, "Ana");
    import(bob, ana);
    rewrite(ana, "unpaid: ask accounting", "Ana");
    rewrite(bob, "unpaid, or blocked", "Bob");
    const Imported done = import(ana, bob);
    REQUIRE(done.both.size() == 1);
    CHECK(done.both.front().note()->text == "unpaid: ask accounting");
    const std::string both = "403: unpaid, or blocked (Bob)\n403: unpaid: ask accounting (Ana)\n";
    CHECK(told(ana.kept()) == both);

    SUBCASE("the other side imports the result") { import(bob, ana); }
    SUBCASE("the other side had the same two to merge") {
        Desk old(clock.clock());
        for (Entry entry : {*notes(ana.kept()).back()}) {
            entry.id = entry.beside;
            entry.beside.clear();
            CHECK(bob.import({entry}).both.size() == 1);
        }
    }
    CHECK(told(bob.kept()) == both);
    CHECK(import(bob, ana).both.empty());
    CHECK(import(ana, bob).both.empty());
    CHECK(told(ana.kept()) == told(bob.kept()));

    // One of the two is wrong after all: what is deleted stays deleted.
    ana.remove(notes(ana.kept()).back()->id);
    import(bob, ana);
    CHECK(import(ana, bob).both.empty());
    CHECK(told(bob.kept()) == "403: unpaid, or blocked (Bob)\n");
    CHECK(told(ana.kept()) == told(bob.kept()));
}

TEST_CASE("a change outlives a deletion by somebody who had not seen it") {
    TestClock clock;
    for (const bool changed_later : {true, false}) {
        CAPTURE(changed_later);
        Desk ana(clock.clock()), bob(clock.clock());
        ana.add(Note{"403", "", "unpaid"});
        import(bob, ana);
        if (!changed_later) rewrite(bob, "unpaid: ask accounting", "Bob");
        ana.remove(the_note(ana).id);
        if (changed_later) rewrite(bob, "unpaid: ask accounting", "Bob");
        import(ana, bob);
        import(bob, ana);
        CHECK(told(ana.kept()) == "403: unpaid: ask accounting (Bob)\n");
        CHECK(told(bob.kept()) == told(ana.kept()));
    }
}

TEST_CASE("a clock that is set back undoes nothing") {
    TestClock clock;
    Desk desk(clock.clock()), copy(clock.clock());
    desk.add(Note{"403", "", "first"});
    import(copy, desk);
    clock.at -= 1'000'000'000;
    rewrite(desk, "second", "");
    CHECK(import(copy, desk).changed.size() == 1);
    CHECK(told(copy.kept()) == "403: second\n");
}

TEST_CASE("a note that was changed very often still follows its last versions") {
    TestClock clock;
    Desk ana(clock.clock()), bob(clock.clock());
    ana.add(Note{"403", "", "0"});
    for (int i = 1; i < 300; ++i) {
        rewrite(ana, std::to_string(i), "");
        if (i % 50 == 0) CHECK(import(bob, ana).both.empty());
        if (i % 50 == 25) CHECK(import(ana, bob).both.empty());
    }
    CHECK(import(bob, ana).both.empty());
    CHECK(told(bob.kept()) == "403: 299\n");
    CHECK(the_note(bob).follows.size() <= 100);
}

TEST_CASE("of two profiles that were changed independently the older one is kept, set aside") {
    TestClock clock;
    Desk ana(clock.clock()), bob(clock.clock());
    const std::string id = ana.add(carrier());
    import(bob, ana);
    Profile one = carrier(), other = carrier();
    one.fails_over = {503};
    other.fails_over = {486};
    ana.change(id, one, "Ana");
    bob.change(id, other, "Bob");
    CHECK(import(ana, bob).both.size() == 1);
    const auto both = profiles(ana.kept());
    REQUIRE(both.size() == 2);
    CHECK(*both[0]->profile() == other);
    CHECK_FALSE(is_set_aside(ana.kept(), *both[0]));
    CHECK(*both[1]->profile() == one);
    CHECK(is_set_aside(ana.kept(), *both[1]));
}

TEST_CASE("a file written by hand is taken over: new entries, and profiles by their name") {
    TestClock clock;
    Desk desk(clock.clock());
    const char* text = R"(
[[note]]
on = "607 300"
text = "both are ours"

[[profile]]
name = "Carrier X"
fails_over = [503]
)";
    CHECK(desk.import(read(text)).added.size() == 2);
    CHECK(notes_on(desk.kept(), "300 607").size() == 1);
    const Imported again = desk.import(read(text));
    CHECK(again.added.empty());
    CHECK(again.kept == 2);
    const Imported changed = desk.import(read("[[profile]]\nname = \"Carrier X\"\nfails_over = [503, 480]\n"));
    CHECK(changed.changed.size() == 1);
    REQUIRE(profiles(desk.kept()).size() == 1);
    CHECK(profiles(desk.kept()).front()->profile()->fails_over == std::vector<int>{503, 480});

    // Words that were changed in an exported file, whose time nobody thought of.
    std::string file = team_file(desk.kept());
    file.replace(file.find("both are ours"), 13, "one is ours");
    CHECK(desk.import(read(file)).changed.size() == 1);
    CHECK(told(desk.kept()) == "300 607: one is ours\n");
}

TEST_CASE("mistakes in a team's file are told with their place and a remedy") {
    CHECK(problems_in(test::picture(R"(
        [[note]]
        on = "403"
        txt = "unpaid"
    )")) ==
          "team.toml:1:1: 'text' is missing\n    [[note]]\n    ^\nteam.toml:3:1: unknown key 'txt'; did you mean "
          "'text'?\n    txt = \"unpaid\"\n    ^~~\n");
    const auto tells = [](const char* text, const char* sentence) {
        const std::string told = problems_in(text);
        CAPTURE(told);
        CHECK(told.find(sentence) != std::string::npos);
    };
    tells("[[note]]\ntext = \"x\"\n", "a note needs 'on' with a code, or 'phrase'");
    tells("[[note]]\non = \"403\"\nphrase = \"x\"\ntext = \"x\"\n", "not both");
    tells("[[note]]\non = \"forbidden\"\ntext = \"x\"\n", "'forbidden' names no page; write it as \"403\"");
    tells("[[profile]]\nname = \"x\"\nfails_over = [5030]\n", "a response code is from 100 to 699");
    tells("[[profile]]\nname = \"x\"\nfrom_q850 = [{cause = 200, code = 403}]\n", "from 1 to 127");
    tells("[[favourite]]\npage = \"607\"\nchanged = \"yesterday\"\n", "'yesterday' is no time; write it as");
    tells("[[favourite]]\npage = \"607\"\nid = \"1\"\n", "must be 32 hexadecimal digits");
    tells("[[notes]]\non = \"403\"\n", "unknown key 'notes'; did you mean 'note'?");
    tells("[[note]\n", "not valid TOML");
    source::Problems problems;
    CHECK(read_team_file({"team.toml", "sipdex = 2\nanything = \"new\"\n"}, problems).newer);
    CHECK(problems.empty());
}

TEST_CASE("what could not be read again is not kept") {
    Desk desk;
    CHECK(desk.add(Note{"403", "", ""}) == "");
    CHECK(desk.add(Note{"forbidden", "", "x"}) == "");
    CHECK(desk.add(Note{"403", "", std::string(5000, 'x')}) == "");
    CHECK(desk.add(Profile{}) == "");
    CHECK(desk.kept().entries.empty());
    CHECK(desk.add(Note{"403", "", "octets \xff\x01 of nobody"}) != "");
    CHECK(told(desk.kept()) == "403: octets \ufffd\ufffd of nobody\n");
}
