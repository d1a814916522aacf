// What a reader keeps, by the command line.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/text.h"

using namespace sipdex::test;
using nlohmann::json;

namespace {

// The program with a data folder of its own.
class Reader {
public:
    Ran run(const std::string& arguments) const {
        return sipdex::test::run(
            "env -u DISPLAY -u WAYLAND_DISPLAY -u LC_MESSAGES -u LANG -u COLUMNS LC_ALL=C.UTF-8 "
            "XDG_DATA_HOME=" +
            folder_.path().string() + " " + SIPDEX_PROGRAM + " " + arguments);
    }
    std::string says(const std::string& arguments) const {
        const Ran ran = run(arguments);
        CAPTURE(arguments);
        CHECK(ran.err == "");
        CHECK(ran.code == 0);
        return ran.out;
    }
    void fails(const std::string& arguments, int code, const std::string& sentence) const {
        const Ran ran = run(arguments);
        CAPTURE(arguments);
        CHECK(ran.code == code);
        CHECK(ran.out == "");
        CHECK(ran.err == "sipdex: " + sentence + "\n");
    }
    std::filesystem::path file() const { return folder_.path() / "sipdex/desk.db"; }
    std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string write(const std::string& name, const std::string& text) const {
        return folder_.write(name, text).string();
    }

private:
    TemporaryFolder folder_;
};

bool holds(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a note is written, shown on its page, found by search, changed and deleted") {
    const Reader reader;
    reader.fails("note 403", 1, "There is no note on 403. To write one: sipdex note 403 \"…\"");
    CHECK(reader.says("note 403 'our 403 means unpaid' --author Ana") == "The note on 403 is kept.\n");
    CHECK(holds(reader.says("note 403"), "our 403 means unpaid  ·  Ana, "));
    CHECK(holds(reader.says("show 403"), "Notes of your desk"));
    CHECK(holds(reader.says("show 403"), "our 403 means unpaid"));
    CHECK(holds(reader.says("show 403 --lang fr"), "Notes de votre service"));
    CHECK(reader.says("search unpaid").starts_with("403 Forbidden  ·  Note of your desk: our 403 means unpaid\n"));
    const json found = json::parse(reader.says("search unpaid --format json"));
    CHECK(found["results"][0]["kind"] == "note");

    CHECK(reader.says("note 403 'unpaid: ask accounting'") ==
          "The note on 403 is changed. Before, it said: “our 403 means unpaid”\n");
    CHECK(reader.says("note 403 'unpaid: ask accounting'") == "The note on 403 says this already.\n");
    const json notes = json::parse(reader.says("note 403 --format json"))["notes"];
    REQUIRE(notes.size() == 1);
    CHECK(notes[0]["author"] == "Ana");  // remembered
    CHECK(notes[0]["text"] == "unpaid: ask accounting");
    CHECK(reader.says("note 403 --delete") == "The note on 403 is deleted. It said: “unpaid: ask accounting”\n");
    CHECK_FALSE(holds(reader.says("show 403"), "Notes of your desk"));
    reader.fails("note", 1, "There are no notes yet. To write one: sipdex note 403 \"our 403 means unpaid\"");
}

TEST_CASE("a note is on a pair or a phrase as well, and whatever else it is given is a mistake with its remedy") {
    const Reader reader;
    CHECK(reader.says("note 607 300 'both are ours'") == "The note on 300 and 607 is kept.\n");
    CHECK(holds(reader.says("compare 300 607"), "both are ours"));
    CHECK(reader.says("note --phrase 'Account Suspended' 'unpaid'") == "The note on “Account Suspended” is kept.\n");
    CHECK(holds(reader.says("note"), "“Account Suspended”  ·  unpaid  ·  "));
    const std::string pasted = reader.write("pasted.txt", "SIP/2.0 403 Account Suspended\nCSeq: 1 INVITE\n");
    CHECK(holds(reader.says("show - < " + pasted), "Notes of your desk"));
    reader.fails(
        "note unpaid", 2,
        "A note is about one code, two codes or a phrase; “unpaid” is no code. As in: sipdex note 403 \"our 403 "
        "means unpaid\"");
    reader.fails("note 403 403 x", 2, "Give two different responses to compare; 403 was given twice.");
    reader.fails("note 486 --delete", 1, "There is no note on 486. To write one: sipdex note 486 \"…\"");
    reader.fails("note 403 '" + std::string(4001, 'x') + "'", 2,
                 "A note has at most 4000 characters; this one has 4001.");
}

TEST_CASE("favourites are added once, listed and removed") {
    const Reader reader;
    reader.fails("favourites", 1, "There are no favourites yet. To add one: sipdex favourite 607");
    CHECK(reader.says("favourite 607") == "607 Unwanted is one of your favourites now.\n");
    CHECK(reader.says("favourite 607") == "607 Unwanted is one of your favourites already.\n");
    CHECK(reader.says("favourite speaker/asterisk") == "Asterisk is one of your favourites now.\n");
    reader.says("favourite 607 300");
    reader.says("favourite early-dialog");
    const std::string listed = reader.says("favourites");
    for (const char* line : {"607 Unwanted  ·  607\n", "Asterisk  ·  speaker/asterisk\n", "  ·  300 607\n",
                             "early dialog  ·  term/early-dialog\n"})
        CHECK_MESSAGE(holds(listed, line), line);
    CHECK(json::parse(reader.says("favourites --format json"))["favourites"].size() == 4);
    CHECK(reader.says("favourite 607 --remove") == "607 Unwanted is no longer one of your favourites.\n");
    CHECK(reader.says("favourite 607 --remove") == "607 Unwanted is not one of your favourites.\n");
    CHECK_FALSE(holds(reader.says("favourites"), "607 Unwanted  ·  607\n"));
    CHECK(reader.run("favourite no-such-page").code == 1);
}

TEST_CASE("pages that a person opened are listed, the newest first; a script's are not") {
    const Reader reader;
    reader.says("show 486");
    reader.fails("recent", 1, "No page has been opened yet.");
    if (!has_program("script")) {
        MESSAGE("skipped: script, which gives a terminal, is not installed");
        return;
    }
    for (const char* command : {"show 607", "compare 607 300", "show Retry-After"})
        run("env -u LC_MESSAGES -u LANG LC_ALL=C.UTF-8 XDG_DATA_HOME=" + reader.at("") + " script -qec '" +
            SIPDEX_PROGRAM + " " + command + "' /dev/null");
    const json recent = json::parse(reader.says("recent --format json"))["recent"];
    REQUIRE(recent.size() == 3);
    CHECK(recent[0]["page"] == "header/Retry-After");
    CHECK(recent[1]["page"] == "300 607");
    CHECK(recent[2]["page"] == "607");
}

TEST_CASE("what one desk keeps goes to another as one file, and the import says what it did") {
    const Reader ana, bob;
    ana.says("note 403 unpaid --author Ana");
    ana.says("favourite 607");
    const std::string file = bob.at("team.toml");
    CHECK(ana.says("own export " + file) == "Written to " + file + ": 1 note, 0 profiles, 1 favourite.\n");
    CHECK(content_of(file) == ana.says("own export"));
    CHECK(
        bob.says("own import " + file) ==
        "Added: note on 403\nAdded: favourite 607\nAdded: 2. Changed: 0. Deleted: 0. Both kept: 0. Kept as they were: "
        "0.\n");
    CHECK(bob.says("own export") == content_of(file));
    CHECK(holds(bob.says("own import " + file), "Kept as they were: 2."));

    bob.says("note 403 'unpaid, or blocked' --author Bob");
    ana.says("note 403 'unpaid: ask accounting'");
    ana.says("own export " + file);
    CHECK(holds(bob.says("own import " + file), "Changed independently, both versions kept: note on 403\n"));
    const std::string both = bob.says("note 403");
    CHECK(holds(both, "unpaid, or blocked  ·  Bob, "));
    CHECK(holds(both, "unpaid: ask accounting  ·  Ana, "));
    bob.fails("note 403 --delete", 2, "There are 2 notes on 403. Say which one with --number, from 1 to 2.");
    CHECK(holds(bob.says("note 403 --delete --number 2"), "is deleted. It said: “unpaid"));
    CHECK(holds(bob.says("own import " + file + " --format json"), "\"added\""));
    CHECK(json::parse(bob.says("note 403 --format json"))["notes"].size() == 1);
}

TEST_CASE("a mistake in a team's file is told with its place, and nothing of the file is taken") {
    const Reader reader;
    const std::string file =
        reader.write("team.toml", "[[note]]\non = \"403\"\ntext = \"x\"\n\n[[note]]\non = \"403\"\ntxt = \"y\"\n");
    const Ran ran = reader.run("own import " + file);
    CHECK(ran.code == 1);
    CHECK(ran.err.starts_with(
        "sipdex: " + file + " has 2 mistakes; nothing of it was imported. Correct them and import the file again.\n"));
    CHECK(holds(ran.err, file + ":7:1: unknown key 'txt'; did you mean 'text'?\n    txt = \"y\"\n    ^~~\n"));
    CHECK(reader.run("note").code == 1);
    reader.fails("own import " + reader.write("newer.toml", "sipdex = 2\n"), 1,
                 reader.at("newer.toml") +
                     " was exported by a newer Sipdex; nothing of it was imported. Update Sipdex to import it.");
    reader.fails("own import /no/such/file", 1,
                 "/no/such/file cannot be read: No such file or directory. Check its name and its permissions.");
    reader.fails("own", 2, "Say what to do, as in: sipdex own export team.toml or sipdex own import team.toml");
    reader.fails("own explode", 2, "“explode” is not among export, import.");
}

TEST_CASE("a profile is imported, listed, shown, changes what a paste says, and is deleted") {
    const Reader reader;
    const std::string file =
        reader.write("carrier.toml",
                     "[[profile]]\nname = \"Carrier X\"\nspeaker = \"telnyx\"\nfails_over = [503]\n"
                     "phrase = [{text = \"Account Suspended\", code = 403, meaning = \"unpaid\"}]\n");
    CHECK(holds(reader.says("profile import " + file), "Added: profile “Carrier X”\n"));
    CHECK(holds(reader.says("profile import " + file), "Kept as they were: 1."));
    CHECK(reader.says("profile list").starts_with("Carrier X  ·  Telnyx  ·  "));
    CHECK(holds(reader.says("profile show carrier x"), "Account Suspended"));
    const std::string pasted = reader.write("pasted.txt", "SIP/2.0 403 Account Suspended\nCSeq: 1 INVITE\n");
    const std::string shown = reader.says("show - < " + pasted);
    CHECK(holds(shown, "No, by your profile “Carrier X”"));
    CHECK(json::parse(reader.says("show - --format json < " + pasted))["profile"] == "Carrier X");
    CHECK(reader.says("profile delete 'Carrier X'") == "The profile “Carrier X” is deleted.\n");
    reader.fails("profile show 'Carrier X'", 1,
                 "There is no profile called “Carrier X”; sipdex profile list names those that there are.");
    reader.fails("profile", 2, "Say what to do, as in: sipdex profile list or sipdex profile import carrier.toml");
}

TEST_CASE("a store that a newer Sipdex has written is refused with one sentence and left as it is") {
    const Reader reader;
    reader.says("note 403 unpaid");
    std::string newer = content_of(reader.file());
    newer.replace(60, 4, std::string("\0\0\0\x02", 4));  // SQLite file format 1.3: the user version
    reader.write("sipdex/desk.db", newer);
    const std::string sentence = "Your notes and favourites in " + reader.file().string() +
                                 " were written by a newer Sipdex and are left as they are. Update Sipdex to use them.";
    for (const char* command : {"note 403", "note 486 x", "favourites", "favourite 607", "recent", "own export"})
        reader.fails(command, 1, sentence);
    const Ran shown = reader.run("show 403");  // what has sources is there all the same
    CHECK(shown.code == 0);
    CHECK(holds(shown.out, "403 Forbidden"));
    CHECK(shown.err == "sipdex: " + sentence + "\n");
    CHECK(content_of(reader.file()) == newer);
}

TEST_CASE("the commands speak French to a French reader") {
    const Reader reader;
    CHECK(reader.says("note 403 impayé --lang fr") == "La note sur 403 est enregistrée.\n");
    CHECK(reader.says("favourite 607 --lang fr") == "607 Unwanted fait maintenant partie de vos favoris.\n");
    for (const char* command : {"note", "favourite", "recent", "own", "profile"}) {
        const std::string help = reader.says(std::string(command) + " --help --lang fr");
        CHECK_MESSAGE(holds(help, "Utilisation\u00a0: sipdex"), command);
    }
}
