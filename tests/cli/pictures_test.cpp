// How pages look, as far as a test can see: the ink in each square of a page, beside the picture that a person has approved.
// Fonts that hint or fit a little differently stay within the tolerance; what moves, grows or vanishes does not.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <vector>

#include "support/text.h"

using namespace sipdex::test;

namespace {

namespace fs = std::filesystem;

constexpr int side = 8;  // pixels of a square, at 40 dots an inch: 5 mm
constexpr std::string_view levels = ".123456789abcdefghijklmnopqrstuvwxyz";
constexpr int most_ink = int(levels.size()) - 1;

// A line of squares after the other, each with its ink: "." for bare paper to "z" for half of it and more.
std::vector<std::string> ink_of(const fs::path& pdf) {
    const Ran drawn = run("pdftoppm -r 40 -gray -f 1 -l 1 -singlefile '" + pdf.string() + "'");
    std::istringstream in(drawn.out);
    std::string magic;
    int width = 0, height = 0, white = 0;
    in >> magic >> width >> height >> white;
    in.get();
    REQUIRE(magic == "P5");
    REQUIRE(white == 255);
    std::string pixels(std::size_t(width) * std::size_t(height), '\0');
    in.read(pixels.data(), std::streamsize(pixels.size()));
    REQUIRE(in.gcount() == std::streamsize(pixels.size()));
    std::vector<std::string> lines;
    for (int top = 0; top < height; top += side) {
        std::string line;
        for (int left = 0; left < width; left += side) {
            long dark = 0, count = 0;
            for (int y = top; y < std::min(top + side, height); ++y)
                for (int x = left; x < std::min(left + side, width); ++x, ++count)
                    dark +=
                        255 - static_cast<unsigned char>(pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)]);
            const long level = (dark * 2 * most_ink + count * 255 - 1) / (count * 255);
            line += levels[std::min<long>(level, most_ink)];
        }
        lines.push_back(line);
    }
    return lines;
}

int level_of(char square) { return int(levels.find(square)); }

std::string in_lines(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

// Nothing where both look alike, otherwise where they do not: "#" for a square that differs by more than 6 %.
std::string difference(const std::vector<std::string>& seen, const std::vector<std::string>& approved) {
    if (seen.size() != approved.size() || seen.front().size() != approved.front().size())
        return "the page has another size";
    constexpr int most_steps = 4;
    long squares = 0, other = 0, with_ink = 0, seen_ink = 0, approved_ink = 0;
    std::vector<std::string> where;
    for (std::size_t y = 0; y < seen.size(); ++y) {
        where.emplace_back();
        for (std::size_t x = 0; x < seen[y].size(); ++x) {
            const int step = std::abs(level_of(seen[y][x]) - level_of(approved[y].at(x)));
            with_ink += level_of(approved[y][x]) > 0;
            seen_ink += level_of(seen[y][x]);
            approved_ink += level_of(approved[y][x]);
            other += step > most_steps;
            ++squares;
            where.back() += step > most_steps ? '#' : seen[y][x];
        }
    }
    // Bold that is not bold changes every square a little.
    constexpr long most_percent = 2;
    if (std::abs(seen_ink - approved_ink) * 100 > approved_ink * most_percent)
        return std::to_string(seen_ink * 100 / approved_ink) + " % of the approved ink\n" + in_lines(where);
    if (other * 100 <= with_ink * most_percent) return {};
    return std::to_string(other) + " squares of " + std::to_string(squares) + " look otherwise\n" + in_lines(where);
}

std::vector<std::string> approved_of(const std::string& name) {
    std::istringstream in(content_of(fs::path(SIPDEX_SOURCE_DIR) / "tests/expected/paint/pictures" / (name + ".txt")));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("chosen pages look as they were approved") {
    if (!has_program("pdftoppm")) {
        std::cout << "skipped: pdftoppm is not installed\n";
        return;
    }
    const TemporaryFolder folder;
    const auto looks = [&](const std::string& name, const std::string& command) {
        const fs::path sheet = folder.path() / (name + ".pdf");
        const Ran made =
            run("env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 XDG_DATA_HOME=/nowhere " +
                std::string(SIPDEX_PROGRAM) + " " + command + " --date 2026-11-30 -o '" + sheet.string() + "'");
        REQUIRE_MESSAGE(made.code == 0, made.err);
        const std::vector<std::string> seen = ink_of(sheet);
        if (const char* renew = std::getenv("SIPDEX_RENEW"); renew && std::string(renew) == "1") {
            CHECK(difference_from_expected("paint/pictures/" + name + ".txt", in_lines(seen)) == "");
            return;
        }
        const std::string differs = difference(seen, approved_of(name));
        CHECK_MESSAGE(differs.empty(), name, ": ", differs, "SIPDEX_RENEW=1 approves of it as it is now");
    };
    looks("card-486-fr", "show 486 --form card --lang fr --paper a4");
    looks("pair-300-607", "compare 300 607 --form short --lang en --paper a4");
    looks("pair-300-607-full-fr", "compare 300 607 --form full --lang fr --paper letter");
    looks("four-codes", "compare 403 486 603 607 --lang en --paper a4 --landscape");
    looks("exchange-486-busy", "replay 486-busy --lang en --paper a4");
    looks("deskcard", "export --what deskcard --lang en --paper a6");
    looks("poster-fr", "export --what poster --lang fr --paper a3");
}
