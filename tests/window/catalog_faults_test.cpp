// The catalog's file is cut, overwritten, damaged and put right again while a library is open on it.
#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <random>
#include <thread>

#include "support/text.h"
#include "window/catalog_library.h"

using namespace sipdex;
using sipdex::test::TemporaryFolder;

namespace {

const std::string& whole_catalog() {
    static const std::string whole = test::content_of(SIPDEX_BINARY_DIR "/catalog.db");
    return whole;
}

struct Opened {
    TemporaryFolder folder;
    std::filesystem::path file = folder.write("catalog.db", whole_catalog());
    catalog::Catalog catalog{file};
    window::CatalogLibrary library{catalog, "en", {}};

    // Writes into the file where it stands, as `cp` does.
    void overwrite(std::string_view content, std::size_t at = 0) const {
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary)
            .seekp(std::streamoff(at))
            .write(content.data(), std::streamsize(content.size()));
    }
    void mend() const {
        std::filesystem::resize_file(file, whole_catalog().size());
        overwrite(whole_catalog());
    }
};

// Asks for everything once; how many answers are empty.
int without_answer(window::Library& library) {
    int none = 0;
    const auto page = [&](const document::Document& document) {
        none += document.kind == document::Document::Kind::notice;
    };
    page(library.response("607"));
    page(library.comparison({"300", "607"}));
    page(library.term("early-dialog"));
    page(library.exchange("607-unwanted"));
    none += library.replay("607-unwanted").recording.messages.empty();
    none += library.replay_changed("486-busy", {"bob answers 603 after 2s"}).recording.messages.empty();
    none += library.told_change("486-busy", {}, "bob answers 603 after 2s").words.empty();
    none += library.offer("486-busy", {}).parties.empty();
    none += library.fork_lab({"486@3s", "200@8s"}).recording.messages.empty();
    none += library.search("busy").empty();
    none += library.search("SIP/2.0 486 Busy Here").empty();
    none += library.codes().empty();
    none += library.exchanges().empty();
    none += library.catalog_version().empty();
    return none;
}

}  // namespace

TEST_CASE(
    "a catalog that is cut or overwritten while it is open is told with its file and the remedy, and answers again "
    "when it is mended") {
    struct Case {
        const char* what;
        void (*happen)(const Opened&);
        const char* said;
    };
    const Case cases[] = {
        {"cut", [](const Opened& opened) { std::filesystem::resize_file(opened.file, 4096); },
         "is cut short. Build or install it again."},
        {"emptied", [](const Opened& opened) { std::filesystem::resize_file(opened.file, 0); },
         "is cut short. Build or install it again."},
        {"overwritten", [](const Opened& opened) { opened.overwrite(std::string(100'000, '\x5a')); },
         "is not a Sipdex catalog. Name one with --catalog, or build it with scripts/run."},
        {"overwritten behind its head",
         [](const Opened& opened) { opened.overwrite(std::string(whole_catalog().size() - 4096, '\x5a'), 4096); },
         "is damaged ("},
    };
    for (const Case& one : cases)
        for (const bool asked_before : {false, true}) {
            CAPTURE(one.what);
            CAPTURE(asked_before);
            Opened opened;
            if (asked_before) CHECK(without_answer(opened.library) == 0);
            one.happen(opened);
            CHECK(without_answer(opened.library) >= 10);
            const std::string said = opened.library.trouble();
            CAPTURE(said);
            CHECK(said.find(opened.file.string()) != std::string::npos);
            CHECK(said.find(one.said) != std::string::npos);
            CHECK(document::words_of(opened.library.response("607").summary) == said);
            opened.library.set_language("fr");
            CHECK(opened.library.trouble().find("installez-le de nouveau") !=
                  opened.library.trouble().find("scripts/run"));
            opened.library.set_language("en");
            opened.mend();
            CHECK(opened.library.trouble() == "");
            CHECK(without_answer(opened.library) == 0);
        }
}

TEST_CASE(
    "a catalog that is read while it is being written answers when it is whole, though its time tells no difference") {
    const Opened opened;
    window::CatalogLibrary library{opened.catalog, "en", {}};
    opened.overwrite(std::string(whole_catalog().size() - 4096, '\0'), 4096);
    const auto begun = std::filesystem::last_write_time(opened.file);
    CHECK(library.response("607").kind == document::Document::Kind::notice);
    CHECK(library.trouble() != "");
    CHECK(library.unsettled());
    opened.mend();
    std::filesystem::last_write_time(opened.file, begun);
    for (int i = 0; i < 50 && library.unsettled() && !library.trouble().empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(library.trouble() == "");
    CHECK_FALSE(library.unsettled());
    CHECK(without_answer(library) == 0);
}

TEST_CASE("a catalog that stays damaged is not asked for again and again") {
    const Opened opened;
    window::CatalogLibrary library{opened.catalog, "en", {}};
    opened.overwrite(std::string(whole_catalog().size() - 4096, '\0'), 4096);
    std::filesystem::last_write_time(opened.file,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    CHECK(library.response("607").kind == document::Document::Kind::notice);
    CHECK(library.trouble() != "");
    CHECK_FALSE(library.unsettled());
}

TEST_CASE("a catalog that is removed, or replaced by renaming, does no harm") {
    Opened opened;
    CHECK(without_answer(opened.library) == 0);
    std::filesystem::rename(opened.folder.write("new", whole_catalog()), opened.file);
    CHECK(without_answer(opened.library) == 0);
    std::filesystem::rename(opened.folder.write("new", "nothing of ours"), opened.file);
    CHECK(without_answer(opened.library) == 0);
    std::filesystem::remove(opened.file);
    CHECK(without_answer(opened.library) == 0);
    CHECK(opened.library.trouble() == "");
}

TEST_CASE("a page of the catalog that is damaged costs what stands in it, and never the program") {
    constexpr std::size_t page = 4096;
    const std::size_t pages = whole_catalog().size() / page;
    std::mt19937 dice(607);
    Opened opened;
    for (int i = 0; i < 60; ++i) {
        const std::size_t at = page * (1 + dice() % (pages - 1));
        CAPTURE(at);
        opened.overwrite(std::string(page, '\x5a'), at);
        CHECK_NOTHROW(without_answer(opened.library));
        opened.overwrite(std::string_view(whole_catalog()).substr(at, page), at);
    }
    CHECK(without_answer(opened.library) == 0);
    CHECK(opened.library.trouble() == "");
}

TEST_CASE("no text that is typed or pasted, however odd, holds a frame for more than 50 ms") {
    const auto repeated = [](std::string_view piece, std::size_t octets) {
        std::string text;
        while (text.size() < octets) text += piece;
        return text;
    };
    const std::pair<std::string, std::string> odd[] = {
        {"angles", repeated("<", 65'000)},
        {"backquotes", repeated("`", 65'000)},
        {"brackets", repeated("[[", 65'000)},
        {"asterisks", repeated("*a", 65'000)},
        {"quotes", repeated("\"", 65'000)},
        {"one word", repeated("x", 65'000)},
        {"many words", repeated("busy call dropped ", 65'000)},
        {"many numbers", repeated("486 603 ", 65'000)},
        {"codes to compare", repeated("300 vs 607 ", 65'000)},
        {"accents", repeated("é̀̂", 65'000)},
        {"East Asian", repeated("通話中", 65'000)},
        {"right to left", repeated("\u202e\u0645\u0634\u063a\u0648\u0644 ", 65'000)},
        {"messages", repeated("SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n", 65'000)},
        {"one line of messages", repeated("SIP/2.0 486 Busy Here ", 65'000)},
        {"mentions", repeated("Got SIP response 486 \"Busy Here\"\n", 65'000)},
        {"header fields", "SIP/2.0 486 Busy Here\r\n" + repeated("Reason: Q.850;cause=17;text=\"<<<<\"\r\n", 65'000)},
        {"one header field", "SIP/2.0 486 Busy Here\r\nVia: " + repeated("SIP/2.0/UDP a;branch=z9hG4bK, ", 65'000)},
        {"one Contact", "SIP/2.0 300 Multiple Choices\r\nContact: " + repeated("<sip:a@b>;q=0.5,", 65'000)},
        {"control characters", repeated("\x01\x1b[31m", 65'000)},
        {"no UTF-8", repeated("\xff\xfe", 65'000)},
        {"empty lines", repeated("\n", 65'000)},
        {"colons", repeated("a: b\n", 65'000)},
    };
    Opened opened;
    opened.library.search("busy");  // the first search of all opens what it needs
    for (const auto& one : odd) {
        const auto& what = std::get<0>(one);
        const auto& text = std::get<1>(one);
        CAPTURE(what);
        // In milliseconds of the processor; the best of three, since others may be running.
        const auto took = [](auto&& work) {
            double best = 1e9;
            for (int i = 0; i < 3; ++i) {
                const std::clock_t before = std::clock();
                work();
                best = std::min(best, 1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC);
            }
            return best;
        };
        CHECK_LT(took([&] { opened.library.search(text); }), 50);
        CHECK_LT(took([&] { opened.library.term("pasted/" + text); }), 50);
    }
}
