#include "simulator/drawing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "simulator/read_exchange.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

std::string label_of(const recording::Transmission& sent) {
    const std::string label = sip::label_of(sent.message);
    return sent.retransmission ? " (" + label + ") " : " " + label + " ";
}

// As wide as the longest label wants.
std::size_t column_width_of(const recording::Recording& recording) {
    std::size_t longest = 16;
    for (const auto& sent : recording.messages) longest = std::max(longest, label_of(sent).size());
    return longest + 6;
}

std::string rung(const recording::Recording& recording, const recording::Transmission& sent, std::size_t column_width) {
    const auto place_of = [&](std::size_t column) { return 2 + column * column_width; };
    std::string line(place_of(recording.actors.size() - 1) + 1, ' ');
    for (std::size_t column = 0; column < recording.actors.size(); ++column) line[place_of(column)] = '|';
    const std::size_t left = place_of(std::min(sent.from, sent.to)), right = place_of(std::max(sent.from, sent.to));
    const std::string label = label_of(sent);
    for (std::size_t at = left + 1; at < right; ++at) line[at] = '-';
    line.replace(left + 1 + (right - left - 1 - label.size()) / 2, label.size(), label);
    const char head = sent.received ? (sent.from < sent.to ? '>' : '<') : 'x';
    line[sent.from < sent.to ? right - 1 : left + 1] = head;
    return line;
}

std::string draw(const recording::Recording& recording, bool times) {
    std::string picture;
    const std::size_t column_width = column_width_of(recording);
    for (std::size_t column = 0; column < recording.actors.size(); ++column) {
        picture.resize(column * column_width, ' ');
        picture += recording.actors[column].id;
    }
    picture += '\n';
    for (const recording::Transmission& sent : recording.messages) {
        char at[24] = "";
        if (times) std::snprintf(at, sizeof at, "  %.3f", static_cast<double>(sent.sent.count()) / 1e6);
        picture += rung(recording, sent, column_width) + at + '\n';
    }
    return picture;
}

std::filesystem::path exchanges_folder() { return std::filesystem::path(SIPDEX_SOURCE_DIR) / "data" / "exchanges"; }

}  // namespace

std::string drawn(const recording::Recording& recording) { return draw(recording, false); }
std::string drawn_with_times(const recording::Recording& recording) { return draw(recording, true); }

simulator::Exchange exchange_named(const std::string& id) {
    const ReadFile read = read_file(content_of(exchanges_folder() / (id + ".toml")), "data/exchanges/" + id + ".toml");
    REQUIRE(printed(read.problems) == "");
    return read.exchange;
}

std::string alice_and_bob(std::string_view rest) {
    return picture(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "192.0.2.2"
        uri = "sip:bob@example.com"
    )") + picture(rest);
}

simulator::Exchange exchange_from(std::string_view toml) {
    const ReadFile read = read_file(picture(toml), "test.toml");
    REQUIRE(printed(read.problems) == "");
    return read.exchange;
}

std::vector<std::string> exchange_ids() {
    std::vector<std::string> ids;
    for (const auto& file : std::filesystem::directory_iterator(exchanges_folder()))
        if (file.path().extension() == ".toml" && file.path().stem() != "common")
            ids.push_back(file.path().stem().string());
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::vector<simulator::Step> common_steps() {
    source::Problems problems;
    auto file =
        source::read_toml({"data/exchanges/common.toml", content_of(exchanges_folder() / "common.toml")}, problems);
    REQUIRE(printed(problems) == "");
    std::vector<simulator::Step> steps = simulator::read_common_steps(*file);
    REQUIRE(printed(problems) == "");
    return steps;
}

ReadFile read_file(std::string toml, const std::string& name) {
    ReadFile read;
    if (auto file = source::read_toml({name, std::move(toml)}, read.problems))
        read.exchange = simulator::read_exchange(*file);
    return read;
}

std::string printed(const source::Problems& problems) {
    std::string text;
    for (const source::Problem& problem : problems.all())
        text += problem.file + ":" + std::to_string(problem.place.line) + ":" + std::to_string(problem.place.column) +
                ": " + problem.sentence + "\n";
    return text;
}

}  // namespace sipdex::test
