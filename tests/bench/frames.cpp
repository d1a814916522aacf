// What a frame costs: queries to the catalog while the start page stands, and a ladder of 10,000 messages beside one of
// 100.
#include <fmt/format.h>
#include <sqlite3.h>

#include "bench/headless.h"
#include "bench/table.h"
#include "window/catalog_library.h"
#include "window/sample_library.h"

namespace sipdex::bench {

namespace {

long queries = 0;

int note_query(unsigned, void*, void*, void*) { return ++queries, 0; }

int watch(sqlite3* database, const char**, const struct sqlite3_api_routines*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note_query, nullptr);
}

// Every connection that is opened from here on is watched.
void watch_databases() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch)); }

Line queries_of_the_start_page() {
    constexpr int settling = 5, frames = 100;
    watch_databases();
    const catalog::Catalog catalog(BENCH_CATALOG);
    sqlite3_reset_auto_extension();
    window::CatalogLibrary library(catalog, "en", [](const auto&, const auto&, const auto&) { return std::string(); });
    Headless screen(library, {"start", {}, {}});
    for (int i = 0; i < settling; ++i) screen.frame();
    const long before = queries;
    if (before == 0) return {"queries in a frame of the start page", "not measured: none was seen at the start either"};
    for (int i = 0; i < frames; ++i) screen.frame();
    const double each = double(queries - before) / frames;
    return {"queries in a frame of the start page", fmt::format("{:g}", each), "", {}, "0", each == 0};
}

// The sample exchange again and again under the mouse, two notches of the wheel a frame, down and up again.
class Ladder {
public:
    explicit Ladder(std::size_t messages)
        : library_(long_library(messages)), screen_(library_, {"simulator", {}, {"607-unwanted"}}) {
        for (int i = 0; i < 5; ++i) screen_.frame();
        screen_.move(600, 500);
        screen_.frame();
    }

    double milliseconds_a_frame() {
        constexpr int frames = 50;
        return thread_seconds([&] {
                   for (int i = 0; i < frames; ++i) {
                       screen_.wheel(i < frames / 2 ? -2 : 2);
                       screen_.frame();
                   }
               }) *
               1000 / frames;
    }

private:
    static test::LongLibrary long_library(std::size_t messages) {
        test::LongLibrary library;
        library.messages = messages;
        return library;
    }

    test::LongLibrary library_;
    Headless screen_;
};

double frame_of_a_ladder(std::size_t messages) { return Ladder(messages).milliseconds_a_frame(); }

Line scrolling(int rounds) {
    std::vector<double> many, few;
    for (int round = 0; round < rounds; ++round) {
        many.push_back(frame_of_a_ladder(10'000));
        few.push_back(frame_of_a_ladder(100));
    }
    return at_most({"frame while 10,000 messages scroll", fmt::format("{:.2f} ms", median(many)),
                    fmt::format("{:.2f} ms, 100 messages", median(few)), median(many) / median(few)},
                   1.5);
}

}  // namespace

Lines frames(int rounds) { return {queries_of_the_start_page(), scrolling(rounds)}; }

}  // namespace sipdex::bench
