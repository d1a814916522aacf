// What a reader keeps, as the window asks for it.
#include <doctest/doctest.h>

#include <algorithm>

#include "support/other_program.h"
#include "support/text.h"
#include "window/catalog_library.h"

using namespace sipdex;
using sipdex::test::TemporaryFolder;

namespace {

struct Opened {
    explicit Opened(const std::filesystem::path& file) : desk(file) {}
    catalog::Catalog catalog{SIPDEX_BINARY_DIR "/catalog.db"};
    user::Desk desk;
    window::CatalogLibrary library{catalog, "en", {}, {}, &desk, [] { return std::string("Ana"); }};
};

bool has_notes(const document::Document& page) {
    return std::ranges::find(page.sections, "desk-notes", &document::Section::id) != page.sections.end();
}

}  // namespace

TEST_CASE("a window keeps favourites, recent pages and notes, and another copy sees them") {
    TemporaryFolder folder;
    Opened one(folder.path() / "desk.db"), other(folder.path() / "desk.db");
    const document::Target unwanted = document::ToResponse{"607"}, pair = document::ToComparison{{"607", "300"}};
    const unsigned before = other.library.kept_changes();

    CHECK(one.library.set_favourite(unwanted, true) == "");
    CHECK(one.library.set_favourite(pair, true) == "");
    CHECK(one.library.is_favourite(unwanted));
    CHECK(one.library.is_favourite(document::ToComparison{{"300", "607"}}));
    one.library.visited(unwanted);
    one.library.visited(document::ToTerm{"pasted/SIP/2.0 486 Busy Here"});
    CHECK(one.library.set_note(unwanted, "", "spam filter of ours") == "");

    CHECK(other.library.kept_changes() != before);
    CHECK(other.library.is_favourite(pair));
    CHECK(other.library.favourites().size() == 2);
    REQUIRE(other.library.recent().size() == 1);
    CHECK(other.library.recent().front().title == "607 Unwanted");
    CHECK(other.library.recent().front().target == unwanted);
    const auto notes = other.library.notes(unwanted);
    REQUIRE(notes.size() == 1);
    CHECK(notes.front().text == "spam filter of ours");
    CHECK(notes.front().by.starts_with("Ana, "));
    CHECK(has_notes(other.library.response("607")));
    CHECK(has_notes(other.library.comparison({"300", "607"})));
    const auto hits = other.library.search("spam filter of ours");
    REQUIRE_FALSE(hits.empty());
    CHECK(hits.front().snippet == "Note of your desk: spam filter of ours");
    CHECK(hits.front().target == unwanted);

    CHECK(other.library.set_note(unwanted, notes.front().id, "") == "");
    CHECK(other.library.set_favourite(unwanted, false) == "");
    const unsigned seen = one.library.kept_changes();
    CHECK_FALSE(one.library.is_favourite(unwanted));
    CHECK_FALSE(has_notes(one.library.response("607")));
    CHECK(one.library.kept_changes() == seen);
}

TEST_CASE("what cannot be kept yet is said in one sentence, and kept later") {
    TemporaryFolder folder;
    Opened one(folder.path() / "desk.db");
    CHECK(one.library.set_note(document::ToResponse{"403"}, "", "unpaid") == "");
    {
        const test::OtherProgram other(folder.path() / "desk.db");
        const std::string said = one.library.set_favourite(document::ToResponse{"607"}, true);
        CHECK(said.starts_with("Another program is using your notes and favourites in "));
        CHECK(one.library.is_favourite(document::ToResponse{"607"}));
    }
    CHECK(one.library.set_favourite(document::ToResponse{"486"}, true) == "");
    CHECK(user::Desk(folder.path() / "desk.db").is_favourite("607"));
    CHECK(one.library.set_note(document::ToResponse{"403"}, "", std::string(5000, 'x')) ==
          "A note has at most 4000 characters; this one has 5000.");
}
